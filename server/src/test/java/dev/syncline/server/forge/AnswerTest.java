package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What forges say is understood. */
final class AnswerTest {

  private static Answer answer(String body, Map<String, List<String>> headers) {
    return new Answer(
        422,
        HttpHeaders.of(headers, (name, value) -> true),
        JsonMapper.shared().readTree(body),
        false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        // As GitHub, GitLab and Gitea were seen to answer.
        "{'message':'Validation Failed','errors':[{'resource':'Label','code':'invalid',"
            + "'field':'color'}],'documentation_url':'https://x'}#Validation Failed; color invalid",
        "{'message':'Validation Failed','errors':[{'code':'custom','message':'No commits'}]}"
            + "#Validation Failed; No commits",
        "{'message':'Invalid request.\\n\\n\\'sha\\' is missing.'}#Invalid request. 'sha' is missing.",
        "{'message':{'title':['is too long','is odd']}}#title: is too long, is odd",
        "{'message':['Another open merge request exists: !1']}#Another open merge request exists: !1",
        "{'error':'insufficient_scope','error_description':'more is needed'}"
            + "#insufficient_scope; more is needed",
        "{'message':'pull request already exists','url':'https://x'}#pull request already exists",
        "{'message':null}#without a word",
        "[1]#without a word",
      },
      quoteCharacter = '`')
  void errorsBecomeSentences(String body, String sentence) {
    String json = body.replace("\\'", "@").replace('\'', '"').replace('@', '\'');
    assertEquals(sentence, answer(json, Map.of()).said());
  }

  @Test
  void aLongErrorIsCut() {
    String said = answer("{\"message\":\"" + "x".repeat(5000) + "\"}", Map.of()).said();
    assertEquals(401, said.length());
  }

  @Test
  void pagesAreFoundAsGitHubLinksThem() {
    String link =
        "<https://api.github.com/repositories/515435940/issues?per_page=3&page=1>; rel=\"prev\", "
            + "<https://api.github.com/repositories/515435940/issues?per_page=3&page=3>; rel=\"next\", "
            + "<https://api.github.com/repositories/515435940/issues?per_page=3&page=5>; rel=\"last\"";
    Answer answer = answer("[]", Map.of("link", List.of(link)));
    assertEquals(
        Optional.of("https://api.github.com/repositories/515435940/issues?per_page=3&page=3"),
        answer.link("next"));
    assertEquals(
        Optional.of("https://api.github.com/repositories/515435940/issues?per_page=3&page=5"),
        answer.link("last"));
    assertEquals(Optional.empty(), answer.link("first"));
  }
}
