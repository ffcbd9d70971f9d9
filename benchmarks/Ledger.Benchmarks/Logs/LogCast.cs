using Ledger.Workload;

namespace Ledger.Benchmarks.Logs;

/// <summary>
/// Who is who in a log: learners are its actors and institutions their hosts, both in the order of first appearance;
/// institutions are dealt out to the nodes of the consortium in turn.
/// </summary>
public sealed class LogCast
{
    private readonly Dictionary<string, int> learners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> hosts = new(StringComparer.Ordinal);
    private readonly List<int> nodeOfLearner = [];

    /// <summary>Reads the records once.</summary>
    public LogCast(IReadOnlyList<LogRecord> records)
    {
        foreach (LogRecord record in records)
        {
            hosts.TryAdd(record.Host, hosts.Count);
            if (learners.TryAdd(record.Actor, learners.Count))
            {
                nodeOfLearner.Add(NodeOf(record.Host));
            }
        }

        Dictionary<string, int> learnersOf = records.DistinctBy(record => record.Actor).CountBy(record => record.Host)
            .ToDictionary(StringComparer.Ordinal);
        Dictionary<string, int> recordsOf = records.CountBy(record => record.Host).ToDictionary(StringComparer.Ordinal);
        Institutions = [.. hosts.OrderBy(host => host.Value).Select(host => new LogInstitution(
            host.Key, NodeOf(host.Key), learnersOf[host.Key], recordsOf[host.Key]))];
    }

    /// <summary>Learners in all.</summary>
    public int LearnerCount => learners.Count;

    /// <summary>The institutions, in the order of first appearance.</summary>
    public IReadOnlyList<LogInstitution> Institutions { get; }

    /// <summary>The learner of a record, from 0.</summary>
    public int LearnerOf(LogRecord record) => learners[record.Actor];

    /// <summary>The node that writes a learner's records.</summary>
    public int NodeOfLearner(int learner) => nodeOfLearner[learner];

    private int NodeOf(string host) => hosts[host] % Schools.Founding.Count;
}
