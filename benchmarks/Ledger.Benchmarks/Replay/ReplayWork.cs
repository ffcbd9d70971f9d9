using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>What is replayed: a plan and the records that it writes.</summary>
/// <param name="Operations">The plan, each operation at its number.</param>
/// <param name="Records">The records, in the order that the plan numbers them.</param>
/// <param name="LearnerCount">Learners that the plan numbers.</param>
/// <param name="NodeOfLearner">The node at which a learner hands in.</param>
/// <param name="Turn">Whether the nodes have replayed another workload before.</param>
public sealed record ReplayWork(
    IReadOnlyList<PlannedOperation> Operations,
    IReadOnlyList<StoreRecord> Records,
    int LearnerCount,
    Func<int, int> NodeOfLearner,
    PlanTurn Turn)
{
    /// <summary>The paper's sample, with its plan.</summary>
    public static ReplayWork Of(PaperSample sample, PlanTurn turn) => new(
        new OperationPlan(sample, turn).Operations,
        [.. sample.Records.Select(record => new StoreRecord(
            record.SchoolIndex, record.Tool != LearningTool.Caliper, record.ToJson()))],
        sample.Students.Count,
        learner => Schools.OfStudent(sample.Students[learner]).Index,
        turn);

    /// <summary>
    /// The node of an operation: an institution hands in at its own, the one without a node at the first, and a learner
    /// at the node of its school.
    /// </summary>
    public int NodeOf(PlannedOperation operation) => operation.Actor.Kind == ActorKind.Institution
        ? operation.Actor.Index < Schools.Founding.Count ? operation.Actor.Index : 0
        : NodeOfLearner(operation.Actor.Index);
}
