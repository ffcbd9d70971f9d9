namespace Ledger.Node.Records.Caliper;

/// <summary>A kind of entity.</summary>
/// <param name="Name">Its term.</param>
/// <param name="Supertypes">The terms of what it is a kind of; none for an entity as such.</param>
/// <param name="Since">The first version that names it.</param>
/// <param name="HasId">Whether it has an id of its own; parts of other entities have none.</param>
internal sealed record EntityType(
    string Name, IReadOnlyList<string> Supertypes, CaliperVersion Since, bool HasId = true);
