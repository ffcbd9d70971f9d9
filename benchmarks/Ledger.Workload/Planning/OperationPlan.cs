namespace Ledger.Workload;

/// <summary>
/// The contract operations that bring the sample onto an empty ledger of four founding members, one call each: exactly
/// 3,104 as in the paper. Operations stand in an order in which they may run; those that do not depend on each other
/// may run at the same time.
/// </summary>
/// <remarks>
/// A second sample on the same ledger takes as many operations: of other learners, and with another candidate. Indexes
/// of the founders are made once, so their four creations are replaced: by the fourth vote, as Harbour is a member then
/// and the quorum of five is four, and by one more encryption key of each of the three others.
/// </remarks>
public sealed class OperationPlan
{
    /// <summary>The members who vote for the candidate: with four members the quorum is three.</summary>
    private static readonly School[] VotersOfFour = [Schools.North, Schools.South, Schools.East];

    /// <summary>With five it is four, of whom Harbour is none.</summary>
    private static readonly School[] VotersOfFive = [.. Schools.Founding];

    private readonly PlanBuilder plan = new();
    private readonly int?[] picOfInstitution = new int?[Schools.All.Count];
    private readonly int[] enrolmentOfLearner;
    private int? lastVote;

    /// <summary>Plans the writing of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="turn">Whether another sample has been written to the ledger before.</param>
    public OperationPlan(PaperSample sample, PlanTurn turn)
    {
        Sample = sample;
        Turn = turn;
        enrolmentOfLearner = new int[sample.Students.Count];
        if (turn != PlanTurn.Heating)
        {
            AddFounders();
            AddHarbour();
        }

        for (int learner = 0; learner < sample.Students.Count; learner++)
        {
            enrolmentOfLearner[learner] = plan.AddLearner(
                learner, Schools.OfStudent(sample.Students[learner]).Index);
        }

        Dictionary<int, int> learnerOfStudent =
            Enumerable.Range(0, sample.Students.Count).ToDictionary(learner => sample.Students[learner]);
        for (int record = 0; record < sample.Records.Count; record++)
        {
            AddRecord(record, learnerOfStudent[sample.Records[record].StudentIndex]);
        }
    }

    /// <summary>The sample that is written.</summary>
    public PaperSample Sample { get; }

    /// <summary>Whether another sample has been written to the ledger before.</summary>
    public PlanTurn Turn { get; }

    /// <summary>The operations, each at its number.</summary>
    public IReadOnlyList<PlannedOperation> Operations => plan.Operations;

    /// <summary>How many operations of a kind the plan holds.</summary>
    public int CountOf(OperationKind kind) => Operations.Count(operation => operation.Kind == kind);

    /// <summary>Whether a kind is one of the paper's index and permission operations on UIC and PIC.</summary>
    public static bool IsIndexOperation(OperationKind kind) =>
        kind is OperationKind.PicInsert or OperationKind.UicInsert;

    private void AddFounders()
    {
        foreach (School school in Schools.Founding)
        {
            int? begin = BeginOf(school) is { } kind ? plan.AddInstitution(kind, school.Index, []) : null;
            int endpoint = plan.AddInstitution(OperationKind.PublishEndpoint, school.Index, []);
            picOfInstitution[school.Index] = begin ?? endpoint;
            plan.AddInstitution(OperationKind.PublishEncryptionKey, school.Index, []);
            plan.AddInstitution(OperationKind.PublishTlsBinding, school.Index, []);
        }
    }

    // What a founder does first. In a second turn its index exists, and its records wait for something else.
    private OperationKind? BeginOf(School school) => Turn switch
    {
        PlanTurn.First => OperationKind.PicCreate,
        PlanTurn.Second => VotersOfFour.Contains(school) ? OperationKind.PublishEncryptionKey : null,
        _ => throw new InvalidOperationException("a turn without a name"),
    };

    private void AddHarbour()
    {
        int harbour = Schools.Harbour.Index;
        int register = plan.AddAdmission(OperationKind.Register, harbour, harbour, []);
        School[] voters = Turn == PlanTurn.First ? VotersOfFour : VotersOfFive;
        int[] votes =
            [.. voters.Select(voter => plan.AddAdmission(OperationKind.Vote, voter.Index, harbour, [register]))];
        lastVote = votes[^1];
        picOfInstitution[harbour] = plan.AddInstitution(OperationKind.PicCreate, harbour, votes);
        plan.AddInstitution(OperationKind.PublishEndpoint, harbour, votes);
    }

    private void AddRecord(int record, int learner)
    {
        int school = Sample.Records[record].SchoolIndex;
        int reader = Turn == PlanTurn.Heating ? (school + 1) % Schools.Founding.Count : Schools.Harbour.Index;
        ActorRole writer = ActorRole.Institution(school);
        int Add(OperationKind kind, ActorRole actor, int institution, params ReadOnlySpan<int?> dependsOn) =>
            plan.AddOfRecord(
                kind, record, Sample.Records[record].Verb.Id, learner, actor, institution,
                [.. dependsOn.ToArray().OfType<int>()]);

        int create = Add(
            OperationKind.LlpcCreate, writer, school, picOfInstitution[school], enrolmentOfLearner[learner]);
        int inPic = Add(OperationKind.PicInsert, writer, school, create);
        int inUic = Add(OperationKind.UicInsert, writer, school, create);
        Add(OperationKind.LlpcInsert, writer, school, inPic, inUic);
        Add(
            OperationKind.LlpcGrant, ActorRole.Learner(learner), reader, lastVote, picOfInstitution[reader], create);
    }
}
