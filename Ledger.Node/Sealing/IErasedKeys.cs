namespace Ledger.Node.Sealing;

/// <summary>
/// The ids of keys that were erased, kept apart from the keys: an older copy of their file that is put back loses them
/// again. A key that is neither in the file nor here was lost, and may come back.
/// </summary>
public interface IErasedKeys
{
    /// <summary>Notes keys that are about to be erased; on return that is on disk.</summary>
    void NoteKeys(IReadOnlyCollection<long> ids);

    /// <summary>Whether a key was noted.</summary>
    bool HasKey(long id);

    /// <summary>All that were noted.</summary>
    IReadOnlyList<long> ErasedKeys();
}
