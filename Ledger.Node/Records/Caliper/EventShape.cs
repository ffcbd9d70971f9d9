namespace Ledger.Node.Records.Caliper;

/// <summary>What an event of a type may be about when its action is one of these.</summary>
/// <param name="Type">The event type's term.</param>
/// <param name="Actions">The terms of the actions; empty for any.</param>
/// <param name="Actors">Kinds of entities that may act.</param>
/// <param name="Objects">Kinds of entities that may be acted upon.</param>
/// <param name="Since">The first version that has it.</param>
internal sealed record EventShape(
    string Type,
    IReadOnlyList<string> Actions,
    IReadOnlyList<string> Actors,
    IReadOnlyList<string> Objects,
    CaliperVersion Since)
{
    /// <summary>Kinds of entities that may be the target; empty where there is none.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [EntityTypes.Entity];

    /// <summary>Kinds of entities that may come of it.</summary>
    public IReadOnlyList<string> Generated { get; init; } = [EntityTypes.Entity];

    /// <summary>Whether an action is one of these.</summary>
    public bool Takes(string action) => Actions.Count == 0 || Actions.Contains(action);
}
