using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>The profile's node.</summary>
internal static class NodeCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun("node", "The profile's node.", Status(host));

    private static Command Status(CommandHost host) => host.Verb(
        "status", "Shows how the node is.", "ledger node status", [], async (session, cancellation) =>
        {
            NodeStatus status = await session.OpenClient.GetStatusAsync(cancellation).ConfigureAwait(false);
            if (!status.ChainId.Span.SequenceEqual(session.ChainId.ToArray()))
            {
                throw new CommandException(ExitCode.NotVerified, "The node belongs to another chain than the profile.");
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
                .Field("behind", status.Behind)
                .Field("resident MiB", status.ResidentBytes / (1024 * 1024))
                .Field("disk", status.Storage?.Disk.ToString().ToLowerInvariant())
                .Field("disk free MiB", (status.Storage?.FreeBytes ?? 0) / (1024 * 1024))
                .Field("scrubbed to height", status.Storage?.ScrubHeight ?? 0)
                .Field("damaged blocks", status.Storage?.DamagedBlocks ?? 0)
                .Field("votes damaged", status.Storage?.VotesDamaged ?? false)
                .Field("repair wanted", status.Storage?.RepairWanted ?? false)
                .Field("version", status.Version)
                .Field("lrs", status.LrsUri);
        });
}
