using System.Text.Json;
using Ledger.Workload;

namespace Ledger.Benchmarks.Intake;

/// <summary>Queries for what a learner did of one kind, as a page about a learner asks them.</summary>
public static class LearnerQueries
{
    /// <summary>Queries that are told apart: all learners with their usual verbs.</summary>
    private const int QueriesMax = 10_000;

    /// <summary>Addresses of queries for the learners and verbs of some statements, each pair once.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<LearningRecord> statements, int limit) =>
    [
        .. statements.DistinctBy(static record => (record.StudentIndex, record.Tool, record.Verb.Iri))
            .Take(QueriesMax)
            .Select(record => Address(record.ToJson(), limit)),
    ];

    private static string Address(byte[] statement, int limit)
    {
        using JsonDocument read = JsonDocument.Parse(statement);
        string account = read.RootElement.GetProperty("actor").GetProperty("account").GetRawText();
        string verb = read.RootElement.GetProperty("verb").GetProperty("id").GetString()!;
        string agent = Uri.EscapeDataString($"{{\"account\":{account}}}");
        return FormattableString.Invariant(
            $"/xAPI/statements?agent={agent}&verb={Uri.EscapeDataString(verb)}&limit={limit}");
    }
}
