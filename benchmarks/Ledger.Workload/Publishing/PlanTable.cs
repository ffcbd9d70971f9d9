namespace Ledger.Workload;

/// <summary>The columns in which the plan of operations is published.</summary>
internal static class PlanTable
{
    internal static IReadOnlyList<PublishedColumn<PlannedOperation>> Columns(PaperSample sample) =>
    [
        new("number", "place in the plan, from 0", operation => operation.Number),
        new("kind", "the contract operation", operation => operation.Kind),
        new("signer", "institution or learner", operation => NameOf(operation.Actor, sample)),
        new("co_signer", "who signs too: the school of an enrolment", operation =>
            operation.CoSigner is { } coSigner ? NameOf(coSigner, sample) : null),
        new("student", "the student concerned: `students.csv`", operation =>
            operation.Learner is { } learner ? sample.Students[learner] : null),
        new("record", "number of the record concerned: `records.csv`", operation =>
            operation.Record is { } record ? sample.Records[record].Number : null),
        new("verb_code", "the verb of the learner contract concerned", operation => operation.VerbId),
        new("institution", "whose index, where the learner enrols, who writes, or who may read", operation =>
            operation.Institution is { } institution ? Schools.All[institution].Key : null),
        new("candidate", "the institution that asks to join", operation =>
            operation.Candidate is { } candidate ? Schools.All[candidate].Key : null),
        new("waits_for", "numbers of operations that must have been accepted, with blanks between", operation =>
            string.Join(' ', operation.DependsOn)),
    ];

    private static string NameOf(ActorRole role, PaperSample sample) => role.Kind switch
    {
        ActorKind.Institution => Schools.All[role.Index].Key,
        ActorKind.Learner => FormattableString.Invariant($"student {sample.Students[role.Index]}"),
        _ => throw new InvalidOperationException("an actor kind without a name"),
    };
}
