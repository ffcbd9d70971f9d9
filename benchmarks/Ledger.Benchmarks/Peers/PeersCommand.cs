using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Contracts.Transactions;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Peers;

/// <summary><c>bench peers</c>: etcd and PostgreSQL beside the ledger, with the same payload and clients.</summary>
public static class PeersCommand
{
    private const int SecondsUsual = 10;
    private const int WarmUpUsual = 3;
    private const int RoundsUsual = 3;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<PeerKind[]> systems = new("--systems")
        {
            Description = "Which peers: etcd, postgresql.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [PeerKind.Etcd, PeerKind.Postgresql],
        };
        Option<IReadOnlyList<int>> clients = RunOptions.Clients(1, 64, 256);
        Option<int> batch = RunOptions.Number(
            "--batch", "Records of a batched transaction.", TransactionLimits.GroupsMax, 2,
            TransactionLimits.GroupsMax);
        CommonOptions common = new CommonOptions().WithSeed().WithOperations()
            .WithRounds(SecondsUsual, WarmUpUsual, RoundsUsual);
        Command command = common.AddTo(new Command(
            "peers",
            "Measure etcd (three members) and PostgreSQL beside the ledger, in turn, and print the ratios.\n"
            + "Example: ./ledger bench peers --clients 1,256 --rounds 3 --json peers.json")
        {
            systems, clients, batch,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            table => new PeersRun(
                new PeersOptions(
                    [.. result.GetRequiredValue(systems).Distinct()], result.GetRequiredValue(clients),
                    result.GetRequiredValue(batch), common.TimesOf(result), common.RoundsOf(result),
                    common.SeedOf(result)),
                RunFolder.Of("peers"), OperationCsv.On(table)),
            interrupt));
        return command;
    }
}
