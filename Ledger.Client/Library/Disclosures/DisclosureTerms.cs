namespace Ledger.Client.Disclosures;

/// <summary>For whom a learner shows records, and until when.</summary>
/// <param name="Ends">From then on the learner shows them no more.</param>
/// <param name="Words">For whom and what for, in the learner's words; may be empty.</param>
/// <param name="Node">
/// The node that says whether the disclosure was withdrawn, as https://host:port#sha256=HEX; empty for none.
/// </param>
public sealed record DisclosureTerms(DateTimeOffset Ends, string Words, string Node);
