using Ledger.Workload;

namespace Ledger.Benchmarks.Logs;

/// <summary>
/// The contract operations that bring a log onto an empty ledger of four founders, one call each, in the grain of the
/// paper: four for each institution of the consortium, two for each learner; for the first record of a learner and verb
/// the contract and its two index entries, and for each record its insertion. Nothing is granted.
/// </summary>
public sealed class LogPlan
{
    private readonly List<PlannedOperation> operations = [];
    private readonly int[] picOfNode = new int[Schools.Founding.Count];

    /// <summary>Plans the writing of a log's records.</summary>
    public LogPlan(IReadOnlyList<LogRecord> records, LogCast cast)
    {
        foreach (School school in Schools.Founding)
        {
            picOfNode[school.Index] = AddInstitution(OperationKind.PicCreate, school.Index);
            AddInstitution(OperationKind.PublishEndpoint, school.Index);
            AddInstitution(OperationKind.PublishEncryptionKey, school.Index);
            AddInstitution(OperationKind.PublishTlsBinding, school.Index);
        }

        int[] enrolments = [.. Enumerable.Range(0, cast.LearnerCount).Select(learner => AddLearner(
            learner, cast.NodeOfLearner(learner)))];
        AddRecords(records, cast, enrolments);
    }

    /// <summary>The operations, each at its number.</summary>
    public IReadOnlyList<PlannedOperation> Operations => operations;

    private void AddRecords(IReadOnlyList<LogRecord> records, LogCast cast, int[] enrolments)
    {
        Dictionary<(int Learner, string Verb), (int InPic, int InUic)> contracts = [];
        for (int record = 0; record < records.Count; record++)
        {
            int learner = cast.LearnerOf(records[record]);
            int node = cast.NodeOfLearner(learner);
            (int, string) contract = (learner, records[record].VerbIri);
            if (!contracts.TryGetValue(contract, out (int InPic, int InUic) entries))
            {
                int create = AddOfRecord(
                    OperationKind.LlpcCreate, record, learner, node, [picOfNode[node], enrolments[learner]]);
                entries = (
                    AddOfRecord(OperationKind.PicInsert, record, learner, node, [create]),
                    AddOfRecord(OperationKind.UicInsert, record, learner, node, [create]));
                contracts.Add(contract, entries);
            }

            AddOfRecord(OperationKind.LlpcInsert, record, learner, node, [entries.InPic, entries.InUic]);
        }
    }

    private int AddInstitution(OperationKind kind, int institution) => Add(new PlannedOperation
    {
        Number = operations.Count,
        Kind = kind,
        Actor = ActorRole.Institution(institution),
        Institution = institution,
        DependsOn = [],
    });

    private int AddLearner(int learner, int node)
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
            CoSigner = ActorRole.Institution(node),
            Learner = learner,
            Institution = node,
            DependsOn = [index],
        });
    }

    private int AddOfRecord(OperationKind kind, int record, int learner, int node, IReadOnlyList<int> dependsOn) =>
        Add(new PlannedOperation
        {
            Number = operations.Count,
            Kind = kind,
            Actor = ActorRole.Institution(node),
            Learner = learner,
            Record = record,
            Institution = node,
            DependsOn = dependsOn,
        });

    private int Add(PlannedOperation operation)
    {
        operations.Add(operation);
        return operation.Number;
    }
}
