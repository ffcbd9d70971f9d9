namespace Ledger.Benchmarks.Logs;

/// <summary>An institution of a log, and the node that writes its records.</summary>
/// <param name="Host">The host that its actors name.</param>
/// <param name="Node">The node of the consortium, from 0.</param>
/// <param name="Learners">Its learners.</param>
/// <param name="Records">Its records.</param>
public sealed record LogInstitution(string Host, int Node, int Learners, int Records);
