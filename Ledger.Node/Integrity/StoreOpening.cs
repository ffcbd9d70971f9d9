using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// Opens a node's store, and mends it once where what is damaged follows from the blocks. Nothing is invented: what
/// cannot be proved is fetched from the peers.
/// </summary>
public static class StoreOpening
{
    /// <summary>The store and where its chain stands.</summary>
    /// <exception cref="StorageFailedException">
    /// It cannot be opened, nor mended; or it began with a snapshot and must be joined again from one.
    /// </exception>
    public static (LedgerDatabase Database, ChainState Chain) Open(
        string folder, byte[] genesisBytes, ISignatureVerifier verifier, ILogger logger)
    {
        if (RepairMark.IsSet(folder))
        {
            Repair(folder, genesisBytes, verifier, logger, "damage was found while the node ran");
        }

        try
        {
            return OpenBoth(folder, genesisBytes);
        }
        catch (StorageFailedException problem) when (problem.IsDamage)
        {
            Repair(folder, genesisBytes, verifier, logger, problem.Message);
            return OpenBoth(folder, genesisBytes);
        }
    }

    private static (LedgerDatabase Database, ChainState Chain) OpenBoth(string folder, byte[] genesisBytes)
    {
        LedgerDatabase database = LedgerDatabase.Open(folder);
        bool isOpen = false;
        try
        {
            if (database.BrokenSeals.Contains(LedgerColumns.Meta))
            {
                throw Damaged("the head pointer or the genesis document is not what was written last", null);
            }

            ChainState chain = ChainRecovery.Open(database, genesisBytes);
            isOpen = true;
            return (database, chain);
        }
        catch (DamagedDataException problem)
        {
            throw Damaged(problem.Message, problem);
        }
        finally
        {
            if (!isOpen)
            {
                database.Dispose();
            }
        }
    }

    private static void Repair(
        string folder, byte[] genesisBytes, ISignatureVerifier verifier, ILogger logger, string why)
    {
        logger.LogCritical("The store is damaged and is written anew, which may take a while: {Why}", why);
        RepairResult result = new StoreRepair(
            folder, genesisBytes, verifier, static (_, _) => { }, mayJoinAgain: false).Run();
        logger.LogCritical(
            "The store is mended: height {Height} (before: {Before}), {Count} blocks to fetch. The damaged one is in "
            + "{SetAside}; delete it when all is well.",
            result.Height, result.HeightBefore, result.ToFetch.Count, result.SetAside);
        foreach (Finding lost in result.Lost)
        {
            logger.LogCritical("Lost: {Finding}. What to do: {Remedy}", lost, lost.Remedy);
        }
    }

    private static StorageFailedException Damaged(string what, Exception? cause) =>
        new($"The data on disk are damaged: {what}.", cause ?? new InvalidDataException(what)) { IsDamage = true };
}
