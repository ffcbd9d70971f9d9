using System.CommandLine;
using System.Globalization;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>The profile's node.</summary>
internal static class NodeCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "node", "The profile's node.", Status(host), Checkpoint(host), Evidence(host));

    private static Command Evidence(CommandHost host) => host.Verb(
        "evidence",
        "Lists the proofs, kept by the node, that validators signed two messages for one slot.",
        "ledger node evidence",
        [],
        async (session, cancellation) =>
        {
            MemberBook book = await MemberBook.AskAsync(session, cancellation).ConfigureAwait(false);
            EvidenceList list = await session.Client.ListEvidenceAsync(cancellation).ConfigureAwait(false);
            return new Answer().Table(
                "evidence",
                ["validator", "epoch", "height", "view", "kind", "verified", "address"],
                list.Evidence.Select(one => new object?[]
                {
                    book.Show(one.Validator), one.Epoch, one.Height, one.View, one.Kind, one.Verified,
                    Parties.Show(one.Validator),
                }));
        });


    private static Command Status(CommandHost host) => host.Verb(
        "status", "Shows how the node is.", "ledger node status", [], async (session, cancellation) =>
        {
            NodeStatus status = await StatusAsync(session, cancellation).ConfigureAwait(false);
            if (status.Joining.Length > 0)
            {
                return new Answer()
                    .Field("institution", status.InstitutionName)
                    .Field("address", Parties.Show(status.Institution))
                    .Field("chain", status.ChainName)
                    .Field("state", status.Joining)
                    .Field("version", status.Version);
            }

            return new Answer()
                .Field("institution", status.InstitutionName)
                .Field("address", Parties.Show(status.Institution))
                .Field("chain", status.ChainName)
                .Field("height", status.Height)
                .Field("head time", Times.Show(status.HeadTimeUnixMs))
                .Field("head hash", Hash256.TryRead(status.HeadHash.Span, out Hash256 head) ? head.ToString() : null)
                .Field("epoch", status.Epoch)
                .Field("view", status.View)
                .Field("changing view", status.ChangingView)
                .Field("validator", status.IsValidator)
                .Field("standing", Standings.Show(status.Standing))
                .Field("validators", status.Validators)
                .Field("leader", Parties.Show(status.Leader))
                .Field("peers connected", status.PeersConnected)
                .Field("pending transactions", status.PendingTransactions)
                .Field("state", StateOf(status))
                .Field("behind", status.Behind)
                .Field("stuck seconds", status.StuckSeconds)
                .Field("blocks from", status.FirstBlock)
                .Field("resident MiB", status.ResidentBytes / (1024 * 1024))
                .Field("disk", status.Storage?.Disk.ToString().ToLowerInvariant())
                .Field("disk free MiB", (status.Storage?.FreeBytes ?? 0) / (1024 * 1024))
                .Field("scrubbed to height", status.Storage?.ScrubHeight ?? 0)
                .Field("damaged blocks", status.Storage?.DamagedBlocks ?? 0)
                .Field("votes damaged", status.Storage?.VotesDamaged ?? false)
                .Field("repair wanted", status.Storage?.RepairWanted ?? false)
                .Field("keys of persons", status.Storage?.PersonKeys ?? 0)
                .Field("key file in place", status.Storage?.KeyFileInPlace ?? false)
                .Field("keys lost", status.Storage?.LostKeys ?? 0)
                .Field("retention last run", status.Retention is { } run ? Times.Show(run.LastUnixMs) : null)
                .Field("retention last records", status.Retention?.Records)
                .Field("retention next run", status.Retention is { } next ? Times.Show(next.NextUnixMs) : null)
                .Field("version", status.Version)
                .Field("rules known", status.RulesKnown)
                .Field("rules in force", status.RulesInForce)
                .Field("lrs", status.LrsUri);
        });

    private static Command Checkpoint(CommandHost host) => host.Verb(
        "checkpoint",
        "Shows the newest block as a checkpoint, to be told to an institution that joins and trusts this node's.",
        "ledger node checkpoint",
        [],
        async (session, cancellation) =>
        {
            NodeStatus status = await StatusAsync(session, cancellation).ConfigureAwait(false);
            return status.Height > 0 && Hash256.TryRead(status.HeadHash.Span, out Hash256 head)
                ? new Answer().Field(
                    "checkpoint", string.Create(CultureInfo.InvariantCulture, $"{status.Height}:{head}"))
                : throw new CommandException(ExitCode.Undecided, "The node holds no block yet.");
        });

    // Who hears of nobody does not know where the others are.
    private static string StateOf(NodeStatus status) =>
        status.StuckSeconds > 0 ? string.Create(
            CultureInfo.InvariantCulture, $"stuck for {status.StuckSeconds} s: look at its disk and its log")
        : status.Behind > 0 ? string.Create(CultureInfo.InvariantCulture, $"behind by {status.Behind}")
        : status is { PeersConnected: 0, Validators: > 1 } ? "cut off: no peer is connected"
        : "with the others";

    private static async Task<NodeStatus> StatusAsync(Session session, CancellationToken cancellation)
    {
        NodeStatus status = await session.OpenClient.GetStatusAsync(cancellation).ConfigureAwait(false);
        return status.ChainId.Span.SequenceEqual(session.ChainId.ToArray())
            ? status
            : throw new CommandException(ExitCode.NotVerified, "The node belongs to another chain than the profile.");
    }
}
