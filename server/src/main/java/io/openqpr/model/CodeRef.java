package io.openqpr.model;

/// How a scan points at its code. None of these ever changes while a code lives, so they may be
/// cached without end.
///
/// @param number the store's own small number for the code, in place of the text in every scan row
/// @param account the number of the account that owns the code
public record CodeRef(int number, int account, CodeId id, String shortId) {}
