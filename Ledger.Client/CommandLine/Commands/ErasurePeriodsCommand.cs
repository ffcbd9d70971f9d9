using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Commands;

/// <summary>For how long the node keeps records, and what falls due when.</summary>
internal static class ErasurePeriodsCommand
{
    private static readonly string[] Columns = ["class", "verbs", "days", "erased last run"];

    private static readonly string[] CountedColumns =
        [.. Columns, "due now", "within 7 days", "within 30 days", "first due"];

    public static Command Create(CommandHost host)
    {
        Option<bool> dry = new("--dry-run")
        {
            Description = "Go through the records, and count what falls due when. Nothing is erased.",
        };
        return host.Verb(
            "periods",
            "Shows for how long your node keeps the records of each class (retention.json in its folder), and what its "
                + "last run did. Exit code 2 where the file cannot be used by now, 5 where it says something else than "
                + "when the node began.",
            "ledger erasure periods --dry-run",
            [dry],
            async (session, cancellation) =>
            {
                bool isCounted = session.Get(dry);
                RetentionView view = await session.Client.GetPeriodsAsync(isCounted, cancellation)
                    .ConfigureAwait(false);
                return Describe(view, isCounted);
            });
    }

    private static Answer Describe(RetentionView view, bool isCounted)
    {
        Answer answer = new Answer()
            .Field("last run", view.LastUnixMs == 0 ? null : Times.Show(view.LastUnixMs))
            .Field("next run", view.Classes.Count == 0 ? null : Times.Show(view.NextUnixMs))
            .Table(
                "classes",
                isCounted ? CountedColumns : Columns,
                view.Classes.Select(one => isCounted ? CountedRow(one) : Row(one)));
        if (isCounted && view.Classes.Any(static one => one.More))
        {
            answer.Note("Of a class with a + there are more than were counted.");
        }

        if (view.Classes.Count == 0)
        {
            answer.Note("No class has a period: records are kept until they are erased.");
        }

        if (view.Problem.Length > 0)
        {
            return answer.Note($"The node would not begin again: {view.Problem}").With(ExitCode.WrongUse);
        }

        return view.Changed
            ? answer.Note("The file says something else by now: it counts from the node's next start on.")
                .With(ExitCode.Undecided)
            : answer;
    }

    private static object?[] Row(RetentionClassView one) =>
    [
        one.Name,
        one.Verbs.Count == 0 ? "all others" : string.Join(", ", one.Verbs.Select(VerbTable.Standard.Format)),
        one.Days, one.LastRecords,
    ];

    private static object?[] CountedRow(RetentionClassView one) =>
    [
        .. Row(one), one.DueNow, one.DueWeek,
        one.More ? FormattableString.Invariant($"{one.DueMonth}+") : one.DueMonth,
        one.FirstUnixMs == 0 ? null : Times.Show(one.FirstUnixMs),
    ];
}
