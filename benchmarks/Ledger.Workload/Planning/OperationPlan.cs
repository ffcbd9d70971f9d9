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

    private readonly List<PlannedOperation> operations = new(PaperFigures.Operations);
    private readonly int[] picOfInstitution = new int[Schools.All.Count];
    private readonly int[] enrolmentOfLearner;
    private int lastVote;

    /// <summary>Plans the writing of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="turn">Whether another sample has been written to the ledger before.</param>
    public OperationPlan(PaperSample sample, PlanTurn turn)
    {
        Sample = sample;
        Turn = turn;
        enrolmentOfLearner = new int[sample.Students.Count];
        AddFounders();
        AddHarbour();
        for (int learner = 0; learner < sample.Students.Count; learner++)
        {
            AddLearner(learner);
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
    public IReadOnlyList<PlannedOperation> Operations => operations;

    /// <summary>How many operations of a kind the plan holds.</summary>
    public int CountOf(OperationKind kind) => operations.Count(operation => operation.Kind == kind);

    /// <summary>Whether a kind is one of the paper's index and permission operations on UIC and PIC.</summary>
    public static bool IsIndexOperation(OperationKind kind) =>
        kind is OperationKind.PicInsert or OperationKind.UicInsert;

    private void AddFounders()
    {
        foreach (School school in Schools.Founding)
        {
            int? begin = BeginOf(school) is { } kind ? AddInstitution(kind, school.Index, []) : null;
            int endpoint = AddInstitution(OperationKind.PublishEndpoint, school.Index, []);
            picOfInstitution[school.Index] = begin ?? endpoint;
            AddInstitution(OperationKind.PublishEncryptionKey, school.Index, []);
            AddInstitution(OperationKind.PublishTlsBinding, school.Index, []);
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
        int register = Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = OperationKind.Register,
            Actor = ActorRole.Institution(harbour),
            Candidate = harbour,
            DependsOn = [],
        });
        School[] voters = Turn == PlanTurn.First ? VotersOfFour : VotersOfFive;
        int[] votes = voters.Select(voter => Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = OperationKind.Vote,
            Actor = ActorRole.Institution(voter.Index),
            Candidate = harbour,
            DependsOn = [register],
        })).ToArray();
        lastVote = votes[^1];
        picOfInstitution[harbour] = AddInstitution(OperationKind.PicCreate, harbour, votes);
        AddInstitution(OperationKind.PublishEndpoint, harbour, votes);
    }

    private void AddLearner(int learner)
    {
        int school = Schools.OfStudent(Sample.Students[learner]).Index;
        int uic = Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = OperationKind.UicCreate,
            Actor = ActorRole.Learner(learner),
            Learner = learner,
            DependsOn = [],
        });
        enrolmentOfLearner[learner] = Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = OperationKind.Enrol,
            Actor = ActorRole.Learner(learner),
            CoSigner = ActorRole.Institution(school),
            Learner = learner,
            Institution = school,
            DependsOn = [uic],
        });
    }

    private void AddRecord(int record, int learner)
    {
        int school = Sample.Records[record].SchoolIndex;
        int harbour = Schools.Harbour.Index;
        ActorRole writer = ActorRole.Institution(school);
        int create = AddOfRecord(OperationKind.LlpcCreate, record, learner, writer, school,
            [picOfInstitution[school], enrolmentOfLearner[learner]]);
        int inPic = AddOfRecord(OperationKind.PicInsert, record, learner, writer, school, [create]);
        int inUic = AddOfRecord(OperationKind.UicInsert, record, learner, writer, school, [create]);
        AddOfRecord(OperationKind.LlpcInsert, record, learner, writer, school, [inPic, inUic]);
        AddOfRecord(OperationKind.LlpcGrant, record, learner, ActorRole.Learner(learner), harbour,
            [lastVote, picOfInstitution[harbour], create]);
    }

    private int AddInstitution(OperationKind kind, int institution, IReadOnlyList<int> dependsOn) =>
        Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = kind,
            Actor = ActorRole.Institution(institution),
            Institution = institution,
            DependsOn = dependsOn,
        });

    private int AddOfRecord(
        OperationKind kind,
        int record,
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
            VerbId = Sample.Records[record].Verb.Id,
            Institution = institution,
            DependsOn = dependsOn,
        });

    private int Add(PlannedOperation operation)
    {
        operations.Add(operation);
        return operation.Number;
    }
}
