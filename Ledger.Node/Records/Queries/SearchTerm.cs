namespace Ledger.Node.Records;

/// <summary>A text by which rows are found. The store keeps its digest under the institution's index key.</summary>
/// <param name="Kind">What kind of text it is.</param>
/// <param name="Text">The text.</param>
public readonly record struct SearchTerm(SearchKind Kind, string Text);
