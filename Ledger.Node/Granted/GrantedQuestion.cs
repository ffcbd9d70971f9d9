using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>What a box is asked for a tool.</summary>
/// <param name="Box">Whose box.</param>
/// <param name="Verbs">Exact IRIs in ascending order; one alone where limits are shown.</param>
/// <param name="Openings">The limits of the grant by which it is asked; none for one without.</param>
/// <param name="Purpose">The purpose that belongs to these limits; empty for the tool's name.</param>
public sealed record GrantedQuestion(
    Address Box, string[] Verbs, IReadOnlyList<LimitsOpening> Openings, string Purpose);
