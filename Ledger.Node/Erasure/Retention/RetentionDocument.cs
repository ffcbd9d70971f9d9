namespace Ledger.Node.Erasure.Retention;

/// <summary>The file of periods as JSON.</summary>
/// <param name="Classes">Classes with periods of their own; a verb is in one at most.</param>
/// <param name="OtherDays">The period of all other records, in days; 0 where they stay until they are erased.</param>
public sealed record RetentionDocument(IReadOnlyList<RetentionClass> Classes, int OtherDays);
