using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Node.Records;

/// <summary>A digest over all rows of a table in the order of its key, by which two stores are compared.</summary>
internal sealed class TableDigest : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a row; each value with its kind and its length, so that no two rows run together.</summary>
    public void Add(object[] row)
    {
        foreach (object value in row)
        {
            switch (value)
            {
                case DBNull:
                    Add(0, []);
                    break;
                case long number:
                    byte[] bytes = new byte[sizeof(long)];
                    BinaryPrimitives.WriteInt64BigEndian(bytes, number);
                    Add(1, bytes);
                    break;
                case string text:
                    Add(2, Encoding.UTF8.GetBytes(text));
                    break;
                case byte[] blob:
                    Add(3, blob);
                    break;
                default:
                    throw new RecordStoreException($"A record store has no values of the kind {value.GetType().Name}.");
            }
        }
    }

    /// <summary>The digest of what was added.</summary>
    public byte[] Finish() => hash.GetHashAndReset();

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private void Add(byte kind, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], value.Length);
        hash.AppendData(head);
        hash.AppendData(value);
    }
}
