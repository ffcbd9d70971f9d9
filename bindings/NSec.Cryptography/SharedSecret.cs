using System.ComponentModel;
using NSec.Cryptography.Interop;

namespace NSec.Cryptography;

/// <summary>What two parties agreed on. It is no key: derive keys from it.</summary>
public sealed class SharedSecret : IDisposable
{
    // A secret is the output of a key agreement; the longest that is in use has this many bytes.
    private const int SizeMax = 128;

    private readonly ExportGuard _export;

    internal SharedSecret(SecureMemory handle, KeyExportPolicies policy)
    {
        Handle = handle;
        _export = new ExportGuard(policy);
    }

    /// <summary>Whether the secret may be exported.</summary>
    public KeyExportPolicies ExportPolicy => _export.Policy;

    /// <summary>The size in bytes.</summary>
    public int Size => Handle.Size;

    internal SecureMemory Handle { get; }

    /// <summary>Makes a shared secret from its bytes.</summary>
    /// <exception cref="FormatException">The bytes are more than 128.</exception>
    public static SharedSecret Import(
        ReadOnlySpan<byte> blob,
        SharedSecretBlobFormat format,
        in SharedSecretCreationParameters creationParameters = default) =>
        TryImport(blob, format, out SharedSecret? result, in creationParameters)
            ? result!
            : throw new FormatException($"A shared secret has at most {SizeMax} bytes.");

    /// <summary>Makes a shared secret from its bytes; false if they are more than 128.</summary>
    public static bool TryImport(
        ReadOnlySpan<byte> blob,
        SharedSecretBlobFormat format,
        out SharedSecret? result,
        in SharedSecretCreationParameters creationParameters = default)
    {
        CheckFormat(format);
        result = blob.Length <= SizeMax
            ? new SharedSecret(SecureMemory.CopyOf(blob), creationParameters.ExportPolicy)
            : null;
        return result is not null;
    }

    /// <summary>Overwrites the secret with zeros and gives its memory back.</summary>
    public void Dispose() => Handle.Dispose();

    /// <summary>A copy of the bytes.</summary>
    /// <exception cref="InvalidOperationException">The export policy forbids it.</exception>
    public byte[] Export(SharedSecretBlobFormat format)
    {
        byte[] blob = new byte[GetExportBlobSize(format)];
        TryExport(format, blob, out _);
        return blob;
    }

    /// <summary>The size in bytes of what <see cref="Export"/> returns.</summary>
    public int GetExportBlobSize(SharedSecretBlobFormat format)
    {
        ObjectDisposedException.ThrowIf(Handle.IsClosed, this);
        CheckFormat(format);
        return Handle.Size;
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override string? ToString() => typeof(SharedSecret).ToString();

    /// <summary>Copies out the bytes; false if the buffer is too small, and then the size that it must have.</summary>
    public bool TryExport(SharedSecretBlobFormat format, Span<byte> blob, out int blobSize)
    {
        ObjectDisposedException.ThrowIf(Handle.IsClosed, this);
        _export.Check();
        blobSize = GetExportBlobSize(format);
        if (blob.Length < blobSize)
        {
            return false;
        }

        Handle.CopyTo(blob[..blobSize]);
        _export.Record();
        return true;
    }

    private static void CheckFormat(SharedSecretBlobFormat format)
    {
        if (format != SharedSecretBlobFormat.RawSharedSecret)
        {
            throw new ArgumentException($"There is no shared secret in the format {format}.", nameof(format));
        }
    }
}
