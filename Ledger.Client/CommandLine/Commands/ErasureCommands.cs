using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Erasing what an institution holds of a learner, everywhere.</summary>
internal static class ErasureCommands
{
    private static readonly string[] Columns =
        ["order", "listed", "learner", "records", "out of the store", "out of all files", "on the ledger"];

    public static Command Create(CommandHost host) => CommandHost.Noun(
        "erasure",
        "Erases records and everything of a learner: at your node, on the ledger, and at whoever holds a copy.",
        Learner(host),
        Record(host),
        List(host),
        ErasurePeriodsCommand.Create(host),
        ErasureReceiptCommand.Create(host));

    private static Command Learner(CommandHost host)
    {
        Argument<string> who = new("LEARNER") { Description = "The learner's address." };
        Option<bool> dry = DryRunOption();
        return host.Verb(
            "learner",
            "Orders your node to erase everything of a learner: accounts and what there is of them, their records with "
                + "salt and locator, and what you wrote of the learner on the ledger. It cannot be taken back.",
            "ledger erasure learner 5c0f…",
            [who, dry],
            async (session, cancellation) =>
            {
                Address learner = Parties.Read(session, session.Required(who));
                return session.Get(dry)
                    ? Counted(await session.Client.TryEraseLearnerAsync(learner, cancellation).ConfigureAwait(false))
                    : Ordered(await session.Client.EraseLearnerAsync(learner, cancellation).ConfigureAwait(false));
            });
    }

    private static Command Record(CommandHost host)
    {
        Argument<string> id = new("ID") { Description = "The statement's or event's id." };
        Option<bool> dry = DryRunOption();
        return host.Verb(
            "record",
            "Orders your node to erase one record, with its salt and locator. It cannot be taken back.",
            "ledger erasure record 6f9619ff-8b86-4011-b42d-00c04fc964ff",
            [id, dry],
            async (session, cancellation) => session.Get(dry)
                ? Counted(await session.Client.TryEraseRecordAsync(session.Required(id), cancellation)
                    .ConfigureAwait(false))
                : Ordered(await session.Client.EraseRecordAsync(session.Required(id), cancellation)
                    .ConfigureAwait(false)));
    }

    private static Command List(CommandHost host) => host.Verb(
        "list",
        "Tells how far your node is with what it was ordered to erase. Exit code 5 while something is open.",
        "ledger erasure list",
        [],
        async (session, cancellation) =>
        {
            ErasureViews views = await session.Client.GetErasuresAsync(ReadOnlyMemory<byte>.Empty, cancellation)
                .ConfigureAwait(false);
            Answer answer = new Answer().Table("orders", Columns, views.Orders.Select(Row));
            if (!views.LedgerMayErase)
            {
                answer.Note(RulesAreOld);
            }

            return views.Orders.All(IsDone) ? answer : answer.With(ExitCode.Undecided);
        });

    /// <summary>Why tombstones wait.</summary>
    public static string RulesAreOld =>
        "The ledger has no tombstones before its members upgrade its rules to version 2: ledger measure upgrade. Until "
        + "then a box says of what is erased that it is unavailable.";

    /// <summary>Nothing is left to do at the node.</summary>
    public static bool IsDone(ErasureView order) => order.Scrubbed == order.Records && order.Settled == order.Records;

    /// <summary>The name of an order as people write it.</summary>
    public static string NameOf(ErasureView order) => Convert.ToHexStringLower(order.Order.Span);

    private static Option<bool> DryRunOption() => new("--dry-run")
    {
        Description = "Count what would be erased, and erase nothing.",
    };

    private static Answer Counted(ErasureView counted) => new Answer()
        .Field("records", counted.Records)
        .Field("on the ledger", counted.OnLedger)
        .Field("accounts", counted.Accounts)
        .Note("Nothing was ordered. Leave --dry-run out to erase it; that cannot be taken back.");

    private static Answer Ordered(ErasureView order) => new Answer()
        .Field("order", NameOf(order))
        .Field("records", order.Records)
        .Note($"Your node sees to it from now on. See how far it is: ledger erasure list. When it is done, ask whoever "
            + $"has copies: ledger erasure receipt {NameOf(order)} --out erasure.proof");

    private static object?[] Row(ErasureView order) =>
    [
        NameOf(order),
        order.ListedUnixMs == 0 ? null : Times.Show(order.ListedUnixMs),
        Parties.Show(order.Learner),
        order.Records, order.Removed, order.Scrubbed, order.Settled,
    ];
}
