using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Node.Chain;
using Ledger.Node.Configuration;
using Ledger.Node.Integrity;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Commands;

/// <summary><c>ledger fsck</c>: hashes a stopped node's store again, and mends it if told so.</summary>
public static class FsckCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> folder = new("dir")
        {
            Description = "The node's folder, or the data folder within it.",
        };
        Option<bool> repair = new("--repair")
        {
            Description = "Write a new store of what is right; the damaged one is set aside.",
        };
        Option<bool> json = new("--json") { Description = "Write JSON." };
        Command command = new(
            "fsck",
            "Hash a stopped node's store again: blocks, certificates, bodies, results, indexes, state, records,\n"
            + "votes. It changes nothing unless --repair is given. Exit code 0: whole; 4: damaged; 5: mended, and\n"
            + "the rest is fetched when the node runs; 6: it cannot be read at all.\n"
            + "Example: ledger fsck north")
        {
            folder, repair, json,
        };
        command.SetAction(result => Edge.Run(result, () => Run(
            result.GetRequiredValue(folder), result.GetValue(repair), result.GetValue(json))));
        return command;
    }

    private static int Run(string folder, bool repair, bool json)
    {
        (string data, Hash256? chainId, byte[]? genesis) = Find(folder);
        FsckOutput output = new(json);
        if (repair)
        {
            genesis ??= GenesisOf(data);
            RepairResult mended = new StoreRepair(data, genesis, Ed25519Verifier.Instance, output.Progress).Run();
            output.Show(data, mended);
            return mended.VotesAreDamaged || mended.Lost.Count > 0 ? ExitCode.NotVerified
                : mended.ToFetch.Count > 0 || mended.Height != mended.HeightBefore ? ExitCode.Undecided
                : ExitCode.Done;
        }

        IntegrityReport report;
        try
        {
            using LedgerDatabase database = LedgerDatabase.OpenReadOnly(data, toDamage: false);
            report = StoreInspection.Run(database, chainId, Ed25519Verifier.Instance, output.Progress);
        }
        catch (StorageFailedException problem) when (problem.IsDamage)
        {
            report = new IntegrityReport();
            report.Add(DamageArea.Store, data, problem.Message);
        }

        output.Show(data, report, DamagedVotes.AreNoted(data));
        return report.IsClean ? ExitCode.Done : ExitCode.NotVerified;
    }

    private static (string Data, Hash256? ChainId, byte[]? Genesis) Find(string folder)
    {
        string data = folder;
        Hash256? chainId = null;
        byte[]? genesis = null;
        if (File.Exists(Path.Combine(folder, NodeConfiguration.FileName)))
        {
            NodeConfiguration configuration = NodeConfiguration.Load(folder);
            data = configuration.Resolve(configuration.Data);
            genesis = GenesisFile.Read(configuration.Resolve(configuration.Genesis));
            chainId = GenesisFile.Require(genesis);
        }

        return Directory.Exists(data)
            ? (Path.GetFullPath(data), chainId, genesis)
            : throw new ConfigurationException($"There is no store in {data}. Name the node's folder.");
    }

    private static byte[] GenesisOf(string data)
    {
        try
        {
            using LedgerDatabase database = LedgerDatabase.OpenReadOnly(data, toDamage: true);
            if (database.Get(LedgerColumns.Meta, ChainWriter.GenesisKey) is { } stored)
            {
                GenesisFile.Require(stored);
                return stored;
            }
        }
        catch (DamagedDataException problem)
        {
            throw new ConfigurationException(
                $"The genesis document in {data} is damaged ({problem.Message}): name the node's folder, which holds "
                + "another copy.",
                problem);
        }

        throw new ConfigurationException(
            $"There is no genesis document in {data}: name the node's folder, which holds another copy.");
    }
}
