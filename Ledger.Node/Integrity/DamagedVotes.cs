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

    private const string Obeyed = "the node has stopped voting\n";

    /// <summary>The note of a data folder.</summary>
    public static string PathOf(string folder) => Path.TrimEndingDirectorySeparator(folder) + Suffix;

    /// <summary>Whether the note lies there.</summary>
    public static bool AreNoted(string folder) => File.Exists(PathOf(folder));

    /// <summary>Whether a node has read the note and stopped voting since.</summary>
    public static bool AreObeyed(string folder) =>
        AreNoted(folder) && File.ReadAllText(PathOf(folder)).EndsWith(Obeyed, StringComparison.Ordinal);

    /// <summary>Lays the note down, with what was found.</summary>
    public static void Note(string folder, IEnumerable<Finding> findings)
    {
        if (!AreNoted(folder))
        {
            Write(folder, string.Join('\n', findings) + "\n");
        }
    }

    /// <summary>Adds to the note that the node has stopped voting.</summary>
    public static void Obey(string folder) => Write(folder, File.ReadAllText(PathOf(folder)) + Obeyed);

    /// <summary>
    /// Forgets the damaged vote log on the operator's word, so that the key starts anew. Never called without it.
    /// </summary>
    public static void Forget(string folder, LedgerDatabase database)
    {
        using DatabaseBatch batch = database.NewBatch();
        foreach ((byte[] key, byte[] _) in database.Scan(LedgerColumns.Consensus, []))
        {
            batch.Delete(LedgerColumns.Consensus, key);
        }

        database.Write(batch, synced: true);
        database.SealAnew();
        File.Delete(PathOf(folder));
    }

    private static void Write(string folder, string text) =>
        AtomicFile.Write(PathOf(folder), Encoding.UTF8.GetBytes(text), overwrite: true);
}
