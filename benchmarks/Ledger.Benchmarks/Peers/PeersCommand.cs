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

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

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
        Option<int> seconds = RunOptions.Seconds(SecondsUsual);
        Option<int> warmUp = RunOptions.WarmUp(WarmUpUsual);
        Option<int> rounds = RunOptions.Rounds(RoundsUsual);
        Option<ulong> seed = RunOptions.Seed();
        Option<string?> json = RunOptions.Json();
        Command command = new(
            "peers",
            "Measure etcd (three members) and PostgreSQL beside the ledger, in turn, and print the ratios.\n"
            + "Example: ./ledger bench peers --clients 1,256 --rounds 3 --json peers.json")
        {
            systems, clients, batch, seconds, warmUp, rounds, seed, json,
        };
        command.SetAction((result, interrupt) => BenchmarkEdge.RunAsync(() => RunAsync(
            new PeersOptions(
                [.. result.GetRequiredValue(systems).Distinct()],
                result.GetRequiredValue(clients),
                result.GetRequiredValue(batch),
                new LoadTimes(
                    TimeSpan.FromSeconds(result.GetRequiredValue(warmUp)),
                    TimeSpan.FromSeconds(result.GetRequiredValue(seconds))),
                result.GetRequiredValue(rounds),
                result.GetRequiredValue(seed)),
            result.GetValue(json), interrupt)));
        return command;
    }

    private static async Task<int> RunAsync(PeersOptions options, string? json, CancellationToken interrupt)
    {
        RunContext context = RunContext.Of(options.Seed);
        PeersRun run = new(options, RunFolder.Of("peers"));
        return await PartialRun.RunAsync(
            () => run.RunAsync(LineProgress.Instance, interrupt),
            () => PeersText.Write(run),
            isPartial =>
            {
                if (json is not null)
                {
                    ReportFile.Write(json, Document(context, options, run, isPartial || !run.IsWhole));
                }
            },
            interrupt);
    }

    private static JsonObject Document(RunContext context, PeersOptions options, PeersRun run, bool isPartial)
    {
        JsonObject report = ReportFile.Of<object>(context, host: null, isPartial, run.Points, run.Chief);
        report["validators"] = DevnetPlan.NodesMin;
        report["payload_bytes"] = PeerValues.ValueBytes;
        report["batch"] = options.Batch;
        report["rounds"] = options.Rounds;
        report["versions"] = JsonSerializer.SerializeToNode(run.Versions, Json);
        if (run.Limits.Count > 0)
        {
            report["verify_us"] = Median(run, limits => limits.VerifyUs);
            report["limit_tx_per_s"] = Median(run, limits => limits.LimitTxPerS(DevnetPlan.NodesMin));
            report["fdatasync_ms_p50"] = Median(run, limits => limits.FdatasyncMsP50);
        }

        report["fdatasync_ms_p50_of_peers"] = JsonSerializer.SerializeToNode(run.FdatasyncMsOfPeers, Json);
        IReadOnlyDictionary<string, MedianInterval> ratios = PeerRatios.Of(run.Rounds);
        foreach ((string name, MedianInterval ratio) in ratios)
        {
            report[name] = ratio.Median;
        }

        report["intervals"] = JsonSerializer.SerializeToNode(ratios, Json);
        report.Remove("each_round");
        return report;
    }

    private static double Median(PeersRun run, Func<Limits.HostLimits, double> figure) =>
        Math.Round(MedianInterval.Of(run.Limits.Select(figure)).Median, 4);
}
