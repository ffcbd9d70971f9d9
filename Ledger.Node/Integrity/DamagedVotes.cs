using System.Text;
using Ledger.Client.Keys;
using Ledger.Node.Storage;

namespace Ledger.Node.Integrity;

/// <summary>
/// The note, beside the data folder, that this node no longer knows what it has signed. While it lies there the node
/// follows the ledger and does not vote, over any number of restarts, until the operator lets it vote again.
/// </summary>
public static class DamagedVotes
{
    /// <summary>What the note's name adds to that of the data folder.</summary>
    public const string Suffix = ".votes-damaged";

    /// <summary>The note of a data folder.</summary>
    public static string PathOf(string folder) => Path.TrimEndingDirectorySeparator(folder) + Suffix;

    /// <summary>Whether the note lies there.</summary>
    public static bool AreNoted(string folder) => File.Exists(PathOf(folder));

    /// <summary>Lays the note down, with what was found.</summary>
    public static void Note(string folder, IEnumerable<Finding> findings)
    {
        if (!AreNoted(folder))
        {
            AtomicFile.Write(
                PathOf(folder), Encoding.UTF8.GetBytes(string.Join('\n', findings) + "\n"), overwrite: true);
        }
    }

    /// <summary>
    /// Forgets the damaged vote log on the operator's word, so that the key starts anew. Never called without it. The
    /// note stays until <see cref="Clear"/>.
    /// </summary>
    /// <exception cref="StorageFailedException">More than the votes is damaged.</exception>
    public static void Forget(LedgerDatabase database)
    {
        if (database.BrokenSeals.Contains(LedgerColumns.Meta))
        {
            throw new StorageFailedException(
                "More than the votes is damaged. Run `ledger-node fsck --repair` first.",
                new InvalidDataException("the seal of the head pointer"));
        }

        using DatabaseBatch batch = database.NewBatch();
        foreach ((byte[] key, byte[] _) in database.Scan(LedgerColumns.Consensus, []))
        {
            batch.Delete(LedgerColumns.Consensus, key);
        }

        database.Write(batch, synced: true);
        database.SealAnew();
    }

    /// <summary>Takes the note away.</summary>
    public static void Clear(string folder) => File.Delete(PathOf(folder));
}
