using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Disclosures;

/// <summary>What a node knows of a disclosure.</summary>
/// <param name="Id">The hash that the learner signed.</param>
/// <param name="State">Shared, ended or withdrawn.</param>
/// <param name="SinceUnixMs">Since when it is so, in ms since 1970-01-01 UTC.</param>
/// <param name="EndsUnixMs">Its end; 0 for one that was withdrawn without ever being shared here.</param>
/// <param name="Words">The learner's words; empty for the same.</param>
/// <param name="File">The proof file, while it is shared; else null.</param>
public sealed record ShelvedDisclosure(
    Hash256 Id, SharedState State, long SinceUnixMs, long EndsUnixMs, string Words, byte[]? File);
