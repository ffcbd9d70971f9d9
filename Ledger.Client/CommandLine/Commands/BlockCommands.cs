using System.CommandLine;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Blocks.</summary>
internal static class BlockCommands
{
    private const int CountMax = 500;

    public static Command Create(CommandHost host) =>
        CommandHost.Noun("block", "Blocks of the chain.", List(host), Show(host));

    private static Command List(CommandHost host)
    {
        Option<ulong?> from = new("--from")
        {
            Description = "First height; else the newest blocks.", HelpName = "HEIGHT",
        };
        Option<int> count = new("--count") { Description = "How many.", DefaultValueFactory = static _ => 20 };
        return host.Verb(
            "list", "Lists blocks.", "ledger block list --from 1 --count 10", [from, count],
                async (session, cancellation) =>
        {
            int wanted = session.Get(count);
            if (wanted is < 1 or > CountMax)
            {
                throw CommandException.WrongUse($"--count is 1 to {CountMax}.");
            }

            NodeStatus status = await session.OpenClient.GetStatusAsync(cancellation).ConfigureAwait(false);
            ulong newest = status.Height >= (ulong)wanted ? status.Height - (ulong)wanted + 1 : 1;

            // Height 0 is the genesis document, which is no block.
            ulong first = Math.Max(1, session.Get(from) ?? newest);
            List<object?[]> rows = [];
            for (ulong height = first; height <= status.Height && rows.Count < wanted; height++)
            {
                BlockView block = await session.OpenClient.GetBlockAsync(height, withTransactions: false, cancellation)
                    .ConfigureAwait(false);
                BlockHeader header = Decode(block);
                rows.Add(
                    [height, Times.Show(header.TimeUnixMs), block.TransactionCount, block.Operations,
                        Hash(block.BlockHash)]);
            }

            return new Answer().Table("blocks", ["height", "time", "transactions", "operations", "hash"], rows);
        });
    }

    private static Command Show(CommandHost host)
    {
        Argument<ulong> height = new("HEIGHT") { Description = "The block's height." };
        Option<bool> transactions = new("--transactions")
        {
            Description = "Name its transactions too; only a member may ask for them.",
        };
        return host.Verb(
            "show", "Shows a block.", "ledger block show 12", [height, transactions], async (session, cancellation) =>
        {
            bool named = session.Get(transactions);
            LedgerClient client = named ? session.Client : session.OpenClient;
            BlockView block = await client.GetBlockAsync(session.Required(height), named, cancellation)
                .ConfigureAwait(false);
            BlockHeader header = Decode(block);
            Answer answer = new Answer()
                .Field("height", header.Height)
                .Field("hash", Hash(block.BlockHash))
                .Field("time", Times.Show(header.TimeUnixMs))
                .Field("epoch", header.Epoch)
                .Field("parent hash", header.ParentHash.ToString())
                .Field("transaction root", header.TransactionRoot.ToString())
                .Field("receipt root", header.ReceiptRoot.ToString())
                .Field("state root", header.StateRoot.ToString())
                .Field("validators hash", header.ValidatorsHash.ToString())
                .Field("next validators hash", header.NextValidatorsHash.ToString())
                .Field("view", block.Certificate?.View)
                .Field("votes", block.Certificate?.Votes.Count)
                .Field("transactions", block.TransactionCount)
                .Field("operations", block.Operations);
            return named
                ? answer.Table("ids", ["id"], block.TransactionIds.Select(static id => new object?[] { Hash(id) }))
                : answer;
        });
    }

    /// <summary>
    /// The header of a block whose hash it has; throws <see cref="CommandException"/> when they do not fit.
    /// </summary>
    public static BlockHeader Decode(BlockView block) =>
        BlockHeader.TryDecode(block.Header.Span, out BlockHeader? header)
        && block.BlockHash.Span.SequenceEqual(BlockHeader.HashOf(block.Header.Span).ToArray())
            ? header
            : throw new CommandException(
                ExitCode.NotVerified, "The node's header does not have the hash that it names.");

    private static string? Hash(Google.Protobuf.ByteString field) =>
        Hash256.TryRead(field.Span, out Hash256 hash) ? hash.ToString() : null;
}
