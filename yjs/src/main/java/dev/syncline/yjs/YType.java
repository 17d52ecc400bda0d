package dev.syncline.yjs;

/** A shared type in a document: it shows what the document holds now. As confined as that. */
public sealed interface YType extends YValue permits YText, YArray, YMap, YXml {}
