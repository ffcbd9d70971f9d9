using System.Globalization;
using Ledger.Contracts.Execution;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// Mends a store of a stopped node by writing a new one of what is provably right: blocks by their certificates, bodies
/// by their leaves, and all that follows from them by executing them again. The damaged folder is set aside and never
/// changed. Votes are copied as they are, and where they are damaged that is noted: they are never repaired.
/// </summary>
public sealed class StoreRepair
{
    /// <summary>What the name of the new folder adds while it is written.</summary>
    private const string NewSuffix = ".repaired";

    private const string AsideSuffix = ".damaged-";

    private readonly string folder;
    private readonly byte[] genesisBytes;
    private readonly ISignatureVerifier verifier;
    private readonly Action<ulong, ulong> onBlock;
    private readonly bool mayJoinAgain;

    /// <summary>A repair of a folder that no node uses.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="genesisBytes">The genesis document of its ledger.</param>
    /// <param name="verifier">Checks certificates and transactions.</param>
    /// <param name="onBlock">Told each height after it, with the last one.</param>
    /// <param name="mayJoinAgain">
    /// Whether a store that began with a snapshot may give way to one of height 0 with what this node alone knows: the
    /// operator's word, for the node then believes what its peers and its checkpoint say.
    /// </param>
    public StoreRepair(
        string folder,
        byte[] genesisBytes,
        ISignatureVerifier verifier,
        Action<ulong, ulong> onBlock,
        bool mayJoinAgain)
    {
        this.folder = Path.TrimEndingDirectorySeparator(folder);
        this.genesisBytes = genesisBytes;
        this.verifier = verifier;
        this.onBlock = onBlock;
        this.mayJoinAgain = mayJoinAgain;
    }

    /// <summary>Mends the store.</summary>
    /// <exception cref="StorageFailedException">
    /// There is no room, the folder is in use, or the node must join again from a snapshot and was not told to.
    /// </exception>
    public RepairResult Run()
    {
        string target = folder + NewSuffix;
        Clear(target);
        using LedgerDatabase? damaged = OpenWhatOpens(out bool logIsDamaged);
        if (damaged is null)
        {
            Finding all = new(DamageArea.Store, folder, "nothing of it can be read");
            DamagedVotes.Note(folder, [all]);
            RepairMark.Clear(folder);
            RefetchList.Write(folder, []);
            return new RepairResult(SetAside(), null, 0, [], VotesAreDamaged: true, [all]);
        }

        GenesisState genesis = GenesisState.Build(genesisBytes);
        IntegrityReport report = StoreInspection.Run(damaged, genesis.ChainId, verifier, onBlock);
        List<Finding> lost = [];
        List<ulong> toFetch = [];
        ulong height = Write(target, damaged, genesis, report, lost, toFetch);
        List<Finding> votes = [.. VoteLogInspector.Inspect(damaged, genesis.ChainId, report.Height)];
        if (logIsDamaged)
        {
            votes.Add(new Finding(DamageArea.VoteLog, "log of writes", "its end is damaged and was dropped"));
        }

        if (votes.Count > 0)
        {
            DamagedVotes.Note(folder, votes);
        }

        damaged.Dispose();
        string setAside = SetAside();
        Directory.Move(target, folder);
        File.Move(Watermark.PathOf(target), Watermark.PathOf(folder), overwrite: true);
        File.Delete(target + FolderLock.Suffix);
        RefetchList.Write(folder, toFetch);
        RepairMark.Clear(folder);
        return new RepairResult(setAside, report.Height, height, toFetch, votes.Count > 0, lost)
        {
            JoinsAgain = height == 0 && report.Beginning is { IsSnapshot: true },
        };
    }

    private ulong Write(
        string target,
        LedgerDatabase damaged,
        GenesisState genesis,
        IntegrityReport report,
        List<Finding> lost,
        List<ulong> toFetch)
    {
        bool isDerivedWhole = report.FindingCount == report.Findings.Count
            && !report.Findings.Any(finding => finding.IsDerived)
            && !IsEndDamaged(report);
        bool isSnapshot = BeganWithSnapshot(damaged, report);
        if (!isDerivedWhole && isSnapshot && !mayJoinAgain)
        {
            Finding first = report.Findings.FirstOrDefault(finding => finding.IsDerived) ?? report.Findings[0];
            throw new StorageFailedException(
                $"The store is damaged ({first}) and began with a snapshot: it cannot be rebuilt from its blocks, and "
                + "must be joined again from a snapshot. Run `ledger-node fsck --repair` on the node's folder, which "
                + "sets the store aside and keeps its votes, evidence and pairs; then start the node.",
                new InvalidDataException(first.What));
        }

        using LedgerDatabase fresh = LedgerDatabase.Open(target);
        StoreCopy copy = new(damaged, fresh);
        ulong height = isDerivedWhole
            ? copy.CopyChain(report.Height, new BlockInspector(
                damaged, genesis.ChainId, new EpochSets(damaged, genesis), verifier), toFetch)
            : isSnapshot ? ChainRecovery.Open(fresh, genesisBytes).Head.Height
            : new ChainReplay(damaged, fresh, genesis, genesisBytes, verifier, onBlock).Run(report.Height);
        copy.CopyKept(lost);
        if (height < report.Height && !report.Has(DamageArea.Meta))
        {
            copy.NoteDecided(report.Height);
        }

        fresh.SealAnew();
        return height;
    }

    // Where the store no longer says how it began, its lowest block does.
    private static bool BeganWithSnapshot(LedgerDatabase damaged, IntegrityReport report)
    {
        if (report.Beginning is { IsSnapshot: true })
        {
            return true;
        }

        try
        {
            return report.Has(DamageArea.Meta)
                && damaged.Scan(LedgerColumns.Blocks, []).FirstOrDefault().Key is { } lowest
                && lowest.AsSpan().SequenceCompareTo(LedgerDatabase.HeightKey(1)) > 0
                && damaged.Get(LedgerColumns.Results, LedgerDatabase.HeightKey(1)) is null;
        }
        catch (DamagedDataException)
        {
            // Nothing of the blocks can be read at all: then nothing is replayed either.
            return false;
        }
    }

    // A node needs its newest blocks to start: then the chain is cut before the damage, and caught up with.
    private static bool IsEndDamaged(IntegrityReport report) =>
        report.LastWithoutHash + RecentHeads.CountMax > report.Height
        || report.Findings.Any(finding =>
            finding.Area == DamageArea.Block && finding.Height > report.LastBeforeWindow);

    private LedgerDatabase? OpenWhatOpens(out bool logIsDamaged)
    {
        logIsDamaged = false;
        try
        {
            return LedgerDatabase.OpenReadOnly(folder, toDamage: false);
        }
        catch (StorageFailedException problem) when (problem.IsDamage)
        {
            logIsDamaged = true;
        }

        try
        {
            return LedgerDatabase.OpenReadOnly(folder, toDamage: true);
        }
        catch (StorageFailedException problem) when (problem.IsDamage)
        {
            return null;
        }
    }

    private string SetAside()
    {
        for (int number = 1; ; number++)
        {
            string aside = folder + AsideSuffix + number.ToString(CultureInfo.InvariantCulture);
            if (!Directory.Exists(aside))
            {
                Directory.Move(folder, aside);
                File.Delete(Watermark.PathOf(folder));
                return aside;
            }
        }
    }

    private static void Clear(string target)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        File.Delete(Watermark.PathOf(target));
    }
}
