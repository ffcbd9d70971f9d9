namespace Ledger.Node.Records;

/// <summary>A name by which a statement calls an agent.</summary>
/// <param name="Agent">The agent, see <see cref="ActorKey"/>.</param>
/// <param name="Name">The name.</param>
public sealed record SeenName(string Agent, string Name);
