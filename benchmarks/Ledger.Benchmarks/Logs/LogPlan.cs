using Ledger.Workload;

namespace Ledger.Benchmarks.Logs;

/// <summary>
/// The contract operations that bring a log onto an empty ledger of four founders, one call each, in the grain of the
/// paper: four for each institution of the consortium, two for each learner; for the first record of a learner and verb
/// the contract and its two index entries, and for each record its insertion. Nothing is granted.
/// </summary>
public sealed class LogPlan
{
    private readonly PlanBuilder plan = new();
    private readonly int[] picOfNode = new int[Schools.Founding.Count];

    /// <summary>Plans the writing of a log's records.</summary>
    public LogPlan(IReadOnlyList<LogRecord> records, LogCast cast)
    {
        foreach (School school in Schools.Founding)
        {
            picOfNode[school.Index] = plan.AddInstitution(OperationKind.PicCreate, school.Index, []);
            plan.AddInstitution(OperationKind.PublishEndpoint, school.Index, []);
            plan.AddInstitution(OperationKind.PublishEncryptionKey, school.Index, []);
            plan.AddInstitution(OperationKind.PublishTlsBinding, school.Index, []);
        }

        int[] enrolments = [.. Enumerable.Range(0, cast.LearnerCount).Select(learner => plan.AddLearner(
            learner, cast.NodeOfLearner(learner)))];
        AddRecords(records, cast, enrolments);
    }

    /// <summary>The operations, each at its number.</summary>
    public IReadOnlyList<PlannedOperation> Operations => plan.Operations;

    private void AddRecords(IReadOnlyList<LogRecord> records, LogCast cast, int[] enrolments)
    {
        Dictionary<(int Learner, string Verb), (int InPic, int InUic)> contracts = [];
        for (int record = 0; record < records.Count; record++)
        {
            int learner = cast.LearnerOf(records[record]);
            int node = cast.NodeOfLearner(learner);
            int Add(OperationKind kind, int place, IReadOnlyList<int> dependsOn) => plan.AddOfRecord(
                kind, place, verbId: null, learner, ActorRole.Institution(node), node, dependsOn);

            (int, string) contract = (learner, records[record].VerbIri);
            if (!contracts.TryGetValue(contract, out (int InPic, int InUic) entries))
            {
                int create = Add(OperationKind.LlpcCreate, record, [picOfNode[node], enrolments[learner]]);
                entries = (
                    Add(OperationKind.PicInsert, record, [create]), Add(OperationKind.UicInsert, record, [create]));
                contracts.Add(contract, entries);
            }

            Add(OperationKind.LlpcInsert, record, [entries.InPic, entries.InUic]);
        }
    }
}
