namespace Ledger.Node.Sealing;

/// <summary>
/// The ids of keys that were erased, kept apart from the keys: an older copy of their file that is put back loses them
/// again.
/// </summary>
public interface IErasedKeys
{
    /// <summary>Notes keys that are about to be erased; on return that is on disk.</summary>
    void NoteKeys(IReadOnlyCollection<long> ids);

    /// <summary>All that were noted.</summary>
    IReadOnlyList<long> ErasedKeys();
}
