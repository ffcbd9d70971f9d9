using System.Security.Cryptography;

namespace Ledger.Node.Sealing;

/// <summary>Finds keys, in memory or in their file, and opens values with them. Used from any thread.</summary>
/// <param name="file">Their file.</param>
/// <param name="recent">Those in memory.</param>
/// <param name="isErased">Whether a key was erased.</param>
internal sealed class KeyFinder(PersonKeyFile file, RecentKeys recent, Func<long, bool> isErased)
{
    /// <summary>A key, or null where there is none.</summary>
    /// <exception cref="SealDamagedException">It is damaged.</exception>
    public DataKey? Find(long id)
    {
        // A key that was erased while it was read is read again.
        while (true)
        {
            if (recent.Find(id) is { } known)
            {
                return known;
            }

            int since = recent.Epoch;
            if (file.Load(id) is not { } loaded)
            {
                return null;
            }

            if (recent.Keep(id, loaded, since) is { } kept)
            {
                return kept;
            }
        }
    }

    /// <summary>
    /// A key that something was sealed under; null where it was erased. Where the list does not say so, an older file
    /// was put in the place of the one that had it.
    /// </summary>
    /// <exception cref="SealDamagedException">It is lost.</exception>
    public DataKey? Wanted(long id)
    {
        if (Find(id) is { } found)
        {
            return found;
        }

        return isErased(id) ? null : throw SealDamagedException.OfMissingKey(file.Path, id);
    }

    /// <summary>Opens a value, or says that its key was erased.</summary>
    /// <exception cref="SealDamagedException">It is not what was sealed here, or its key is lost.</exception>
    public OpenedContent Open(ReadOnlySpan<byte> context, ReadOnlySpan<byte> value)
    {
        if (!SealedValue.TryKeyId(value, out long id))
        {
            throw SealDamagedException.OfValue(context);
        }

        byte[] content = new byte[value.Length - SealedValue.Overhead];
        try
        {
            while (Wanted(id) is { } found)
            {
                if (SealedValue.TryOpen(value, found, context, content))
                {
                    return OpenedContent.Opened(content);
                }
            }

            return OpenedContent.KeyErased;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw SealDamagedException.OfValue(context);
        }
    }
}
