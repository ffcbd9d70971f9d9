namespace Ledger.Workload;

/// <summary>
/// Puts a plan together: each operation gets the next number, and what it rests on is named by its number.
/// </summary>
public sealed class PlanBuilder
{
    private readonly List<PlannedOperation> operations = [];

    /// <summary>The operations so far, each at its number.</summary>
    public IReadOnlyList<PlannedOperation> Operations => operations;

    /// <summary>An institution does something of its own; answers the operation's number, as the others do.</summary>
    public int AddInstitution(OperationKind kind, int institution, IReadOnlyList<int> dependsOn) =>
        Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = kind,
            Actor = ActorRole.Institution(institution),
            Institution = institution,
            DependsOn = dependsOn,
        });

    /// <summary>An institution asks to join, or votes for one that does.</summary>
    public int AddAdmission(OperationKind kind, int institution, int candidate, IReadOnlyList<int> dependsOn) =>
        Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = kind,
            Actor = ActorRole.Institution(institution),
            Candidate = candidate,
            DependsOn = dependsOn,
        });

    /// <summary>A learner gets an index and enrols at a school; answers the number of the enrolment.</summary>
    public int AddLearner(int learner, int school)
    {
        int index = Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = OperationKind.UicCreate,
            Actor = ActorRole.Learner(learner),
            Learner = learner,
            DependsOn = [],
        });
        return Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = OperationKind.Enrol,
            Actor = ActorRole.Learner(learner),
            CoSigner = ActorRole.Institution(school),
            Learner = learner,
            Institution = school,
            DependsOn = [index],
        });
    }

    /// <summary>
    /// Something of a record: its contract, an index entry of that, its insertion, or a grant for the institution.
    /// </summary>
    /// <param name="kind">What.</param>
    /// <param name="record">The record, by the position in what is written.</param>
    /// <param name="verbId">The code of its verb, where the plan's verbs have codes.</param>
    /// <param name="learner">Whose it is.</param>
    /// <param name="actor">Who calls.</param>
    /// <param name="institution">Who writes, or may read.</param>
    /// <param name="dependsOn">What must have been accepted before.</param>
    public int AddOfRecord(
        OperationKind kind,
        int record,
        int? verbId,
        int learner,
        ActorRole actor,
        int institution,
        IReadOnlyList<int> dependsOn) =>
        Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = kind,
            Actor = actor,
            Learner = learner,
            Record = record,
            VerbId = verbId,
            Institution = institution,
            DependsOn = dependsOn,
        });

    private int Add(PlannedOperation operation)
    {
        operations.Add(operation);
        return operation.Number;
    }
}
