using Ledger.Client.Keys;
using Ledger.Node.Chain;
using Ledger.Node.Snapshots;
using Ledger.Node.Storage;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Tests.Snapshots;

/// <summary>A node without blocks, in a folder of its own, as the program begins it.</summary>
internal sealed class Joiner : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("joiner-").FullName;
    private readonly byte[] genesis;

    public Joiner(byte[] genesis)
    {
        this.genesis = genesis;
        Folders = new SnapshotFolders(Path.Combine(folder, "data"));
        Folders.Finish();
        Database = LedgerDatabase.Open(Folders.Data);
        ChainRecovery.Open(Database, genesis);
    }

    public SnapshotFolders Folders { get; }

    public LedgerDatabase Database { get; private set; }

    public JoinProgress Progress { get; } = new();

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>A process of its own: knows of earlier ones only what is on disk.</summary>
    public SnapshotFetch NewProcess(TrustedCheckpoint? checkpoint, params ISnapshotSource[] sources) => new(
        sources, Folders, genesis, checkpoint, Ed25519Verifier.Instance, Progress, Time,
        new LoggerFactory().CreateLogger("test"));

    /// <summary>Fetches with a new process; false where the peers are of no use.</summary>
    public async Task<bool> TryAsync(TrustedCheckpoint? checkpoint, params ISnapshotSource[] sources)
    {
        SnapshotFetch fetch = NewProcess(checkpoint, sources);
        return await fetch.RunAsync(
            await fetch.SurveyAsync(CancellationToken.None), Database, CancellationToken.None);
    }

    /// <summary>What a start makes of what is on disk.</summary>
    public ChainState Start()
    {
        Database.Dispose();
        Folders.Finish();
        Database = LedgerDatabase.Open(Folders.Data);
        return ChainRecovery.Open(Database, genesis);
    }

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
