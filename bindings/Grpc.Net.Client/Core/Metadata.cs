using System.Buffers;
using System.Collections;

namespace Grpc.Core;

/// <summary>The headers or trailers of a call, in order; a key may occur more than once.</summary>
public sealed class Metadata : IList<Metadata.Entry>
{
    /// <summary>The end of the keys whose values are bytes.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>Metadata without entries that cannot be changed.</summary>
    public static readonly Metadata Empty = new(isReadOnly: true);

    private readonly List<Entry> entries = [];

    /// <summary>Metadata without entries.</summary>
    public Metadata()
    {
    }

    private Metadata(bool isReadOnly)
    {
        IsReadOnly = isReadOnly;
    }

    /// <summary>The number of entries.</summary>
    public int Count => entries.Count;

    /// <summary>Whether changing it throws.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The entry at a position.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public Entry this[int index]
    {
        get => entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ThrowIfReadOnly();
            entries[index] = value;
        }
    }

    /// <summary>The last entry with a key, or null.</summary>
    /// <param name="key">The key in lower case.</param>
    public Entry? Get(string key)
    {
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (entries[i].Key == key)
            {
                return entries[i];
            }
        }

        return null;
    }

    /// <summary>The text of the last entry with a key, or null.</summary>
    /// <param name="key">The key in lower case.</param>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The bytes of the last entry with a key, or null.</summary>
    /// <param name="key">The key in lower case.</param>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries with a key, in order.</summary>
    /// <param name="key">The key in lower case.</param>
    public IEnumerable<Entry> GetAll(string key)
    {
        foreach (var entry in entries)
        {
            if (entry.Key == key)
            {
                yield return entry;
            }
        }
    }

    /// <summary>Appends a text.</summary>
    /// <param name="key">A key that does not end in <c>-bin</c>.</param>
    /// <param name="value">Printable ASCII.</param>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Appends bytes.</summary>
    /// <param name="key">A key that ends in <c>-bin</c>.</param>
    /// <param name="valueBytes">Any bytes, also none.</param>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <summary>Appends an entry.</summary>
    /// <param name="item">The entry.</param>
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        entries.Add(item);
    }

    /// <summary>Puts an entry at a position.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>.</param>
    /// <param name="item">The entry.</param>
    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        entries.Insert(index, item);
    }

    /// <summary>Removes the entry at a position.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public void RemoveAt(int index)
    {
        ThrowIfReadOnly();
        entries.RemoveAt(index);
    }

    /// <summary>Removes an entry and says whether it was there.</summary>
    /// <param name="item">The entry.</param>
    public bool Remove(Entry item)
    {
        ThrowIfReadOnly();
        return entries.Remove(item);
    }

    /// <summary>Removes all entries.</summary>
    public void Clear()
    {
        ThrowIfReadOnly();
        entries.Clear();
    }

    /// <summary>The position of an entry, or -1.</summary>
    /// <param name="item">The entry.</param>
    public int IndexOf(Entry item) => entries.IndexOf(item);

    /// <summary>Whether an entry is there.</summary>
    /// <param name="item">The entry.</param>
    public bool Contains(Entry item) => entries.Contains(item);

    /// <summary>Copies the entries in order.</summary>
    /// <param name="array">Where to.</param>
    /// <param name="arrayIndex">The first position to write.</param>
    public void CopyTo(Entry[] array, int arrayIndex) => entries.CopyTo(array, arrayIndex);

    /// <summary>The entries in order.</summary>
    public IEnumerator<Entry> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();

    private void ThrowIfReadOnly()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("This metadata is read only.");
        }
    }

    /// <summary>A key with a text or, if the key ends in <c>-bin</c>, with bytes.</summary>
    public class Entry
    {
        private static readonly SearchValues<char> keyLetters = SearchValues.Create(
            "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

        private readonly string? text;
        private readonly byte[]? bytes;

        /// <summary>An entry of bytes, which are copied.</summary>
        /// <param name="key">Letters, digits, '_', '-' and '.', ending in <c>-bin</c>; put into lower case.</param>
        /// <param name="valueBytes">Any bytes, also none.</param>
        public Entry(string key, byte[] valueBytes)
        {
            Key = NormalizedKey(key);
            if (!IsBinary)
            {
                throw new ArgumentException("The key of a binary value has to end in -bin.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(valueBytes);
            bytes = [.. valueBytes];
        }

        /// <summary>An entry of text.</summary>
        /// <param name="key">Letters, digits, '_', '-' and '.', not ending in <c>-bin</c>; put into lower case.</param>
        /// <param name="value">Printable ASCII.</param>
        public Entry(string key, string value)
        {
            Key = NormalizedKey(key);
            if (IsBinary)
            {
                throw new ArgumentException("The key of a text must not end in -bin.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(value);
            text = value;
        }

        /// <summary>The key in lower case.</summary>
        public string Key { get; }

        /// <summary>A copy of the bytes, or the text in UTF-8.</summary>
        public byte[] ValueBytes => bytes is null ? System.Text.Encoding.UTF8.GetBytes(text!) : [.. bytes];

        /// <summary>The text; throws for an entry of bytes.</summary>
        public string Value =>
            text ?? throw new InvalidOperationException("A binary metadata entry has no text: use ValueBytes.");

        /// <summary>Whether the value is bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>Key and value; bytes in hex.</summary>
        public override string ToString() => bytes is null
            ? $"[Entry: key={Key}, value={text}]"
            : $"[Entry: key={Key}, valueBytes={Convert.ToHexStringLower(bytes)}]";

        internal ReadOnlySpan<byte> RawBytes => bytes;

        internal static bool IsValidKey(string key) => !key.AsSpan().ContainsAnyExcept(keyLetters);

        private static string NormalizedKey(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            return IsValidKey(key)
                ? key.ToLowerInvariant()
                : throw new ArgumentException(
                    "A metadata key is made of letters, digits, '_', '-' and '.'.", nameof(key));
        }
    }
}
