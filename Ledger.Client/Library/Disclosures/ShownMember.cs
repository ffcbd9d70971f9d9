using Ledger.Primitives;

namespace Ledger.Client.Disclosures;

/// <summary>One value of one member, and how many records of a verb and writer are shown to have it.</summary>
/// <param name="Verb">The exact IRI.</param>
/// <param name="Writer">Who wrote the records.</param>
/// <param name="Pointer">The member, as a slot.</param>
/// <param name="Value">Its canonical JSON; null where the records are shown to have none.</param>
/// <param name="Indexes">The records' places on the ledger, rising.</param>
/// <param name="Counted">
/// How many records of the verb and writer the ledger counts that are not erased; of the rest nothing is said.
/// </param>
public sealed record ShownMember(
    string Verb, Address Writer, string Pointer, string? Value, IReadOnlyList<ulong> Indexes, ulong Counted);
