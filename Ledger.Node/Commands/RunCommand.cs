using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Node.Agreement;
using Ledger.Node.Configuration;
using Ledger.Node.Hosting;
using Ledger.Node.Keys;
using Ledger.Node.Sealing;
using Ledger.Node.Snapshots;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Commands;

/// <summary><c>ledger run</c>: runs a node until it is told to stop.</summary>
public static class RunCommand
{
    /// <summary>A node that is told to stop does so within seconds, if its disk lets it.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> home = CommonOptions.Home();
        Option<string?> passwordFile = CommonOptions.PasswordFile();
        Option<SnapshotMode> snapshot = new("--snapshot")
        {
            Description = "Where the node has no blocks: begin with a snapshot where the peers are far ahead (auto), "
                + "in any case (always), or go block by block (never).",
            DefaultValueFactory = _ => SnapshotMode.Auto,
        };
        Command command = new(
            "run", "Run a node until SIGTERM or Ctrl+C.\nExample: ledger run --home north")
        {
            home, passwordFile, snapshot,
        };
        command.SetAction((result, cancellation) => Edge.RunAsync(
            result,
            () => RunAsync(
                result.GetRequiredValue(home),
                result.GetValue(passwordFile),
                result.GetValue(snapshot),
                result.GetValue(CommonOptions.Verbose),
                cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        string home, string? passwordFile, SnapshotMode mode, bool verbose, CancellationToken cancellation)
    {
        NodeConfiguration configuration = NodeConfiguration.Load(home);
        configuration = configuration with { PasswordFile = passwordFile ?? configuration.PasswordFile };
        if (configuration.TrustedChainId is null)
        {
            throw new ConfigurationException(
                $"This node belongs to no ledger yet. First: ledger join --home {home} ...");
        }

        byte[] genesis = GenesisFile.Read(configuration.Resolve(configuration.Genesis));
        Hash256 chainId = GenesisFile.Require(genesis);
        if (chainId.ToString() != configuration.TrustedChainId)
        {
            throw new ConfigurationException(
                $"The genesis document has chain id {chainId}, the node joined {configuration.TrustedChainId}: "
                + "it was replaced.");
        }

        EdgeCaseSelfTest.Run(Ed25519Verifier.Instance);
        using Password password = PasswordSource.Existing(configuration.PasswordFile);
        using ILoggerFactory loggers = NodeLogging.Create(verbose);
        using NodeSecrets secrets = OpenSecrets(configuration, password, loggers.CreateLogger("node"));
        string ready = configuration.Resolve(ReadyFile.FileName);

        // Not disposed: a signal may still be handled while the node ends.
        CancellationTokenSource starting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        TaskCompletionSource<Exception?> stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            EndAfterPatience();
            stop.TrySetResult(null);
            starting.Cancel();
        });
        using CancellationTokenRegistration interrupt = cancellation.Register(() =>
        {
            EndAfterPatience();
            stop.TrySetResult(null);
        });
        await using NodeRuntime runtime = await NodeRuntime.StartAsync(
            configuration, secrets, genesis, mode, loggers, problem => OnFailure(problem, verbose, ready, stop),
            starting.Token);
        AtomicFile.Write(ready, JsonSerializer.SerializeToUtf8Bytes(
            new ReadyFile(
                Environment.ProcessId,
                "https://" + configuration.ApiListen,
                configuration.LrsAddress,
                secrets.Tls.KeyHash.ToString(),
                chainId.ToString(),
                secrets.Identity.Address.ToString()),
            NodeConfigurationJson.Default.ReadyFile), overwrite: true);
        loggers.CreateLogger("node").LogInformation(
            "{Name} serves: API {Api}, learning record store {Lrs}",
            configuration.Name,
            configuration.ApiListen,
            configuration.LrsAddress);
        Exception? problem = await stop.Task;
        File.Delete(ready);
        return problem is null ? ExitCode.Done : throw problem;
    }

    private static void EndAfterPatience() => ProcessEnd.After(
        StopPatience,
        "ledger-node: the node did not stop within a minute, most likely because of the disk, and ends here. Nothing "
        + "that it promised is lost.",
        ExitCode.Internal);

    // A disk that is full is an orderly end, and what fails while the node ends already is no news. Else the kernel's
    // state may be ahead of the disk, or its thread may never come back: nothing more is written to the store, nothing
    // is waited for, and the process ends here and now.
    private static void OnFailure(Exception problem, bool verbose, string ready, TaskCompletionSource<Exception?> stop)
    {
        if (problem is DiskFullException)
        {
            EndAfterPatience();
            stop.TrySetResult(problem);
        }
        else if (problem is KernelStuckException || !stop.Task.IsCompleted)
        {
            string why = verbose ? problem.ToString() : problem.Message;
            ProcessEnd.Now("ledger-node: the node has stopped: " + why, ExitCode.Internal, ready);
        }
    }

    // Secrets of an earlier version lack that of the records: it is made before anything is sealed under it, and never
    // again, for where there are keys there was one.
    private static NodeSecrets OpenSecrets(NodeConfiguration configuration, Password password, ILogger logger)
    {
        string path = configuration.Resolve(configuration.Secrets);
        string identity = configuration.Resolve(configuration.IdentityKey);
        NodeSecrets secrets = NodeSecrets.Open(path, identity, password);
        if (secrets.RecordsSecret is not null)
        {
            return secrets;
        }

        secrets.Dispose();
        string keys = configuration.Resolve(PersonKeys.FileName);
        if (File.Exists(keys))
        {
            throw new KeyFileException(
                $"{path} is an older copy: it lacks the secret that opens {keys}. Put back the copy that was made "
                + "after the node first ran with this version.");
        }

        NodeSecrets.AddRecordsSecret(path, password);
        logger.LogWarning("{Path} holds a new secret, under which records rest. Back the file up again.", path);
        return NodeSecrets.Open(path, identity, password);
    }
}
