using Ledger.Client.Protos;
using Ledger.Contracts.State;

namespace Ledger.Node.Granted;

/// <summary>Limits of a grant to this institution, opened.</summary>
/// <param name="Llpc">The contract.</param>
/// <param name="Grant">The grant's number.</param>
/// <param name="Openings">Its openings, and those of the grants above it.</param>
/// <param name="Purpose">The purpose that boxes are told; empty for the name of the tool that reads.</param>
/// <param name="KeptUnixMs">Since when they are kept, by this node's clock.</param>
public sealed record KeptLimits(
    LlpcName Llpc, ulong Grant, IReadOnlyList<LimitsOpening> Openings, string Purpose, long KeptUnixMs);
