using System.Security.Cryptography;
using System.Text;

namespace Ledger.Client.Keys;

/// <summary>
/// A password as UTF-8 bytes that are zeroed when it is disposed. It comes from a file or a prompt, never from an
/// argument or an
/// environment variable: those are seen by others.
/// </summary>
public sealed class Password : IDisposable
{
    /// <summary>Longest password: keeps a wrong file from being taken as one.</summary>
    public const int BytesMax = 1024;

    private readonly byte[] bytes;

    private Password(byte[] bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>The password; not to be used after it is disposed.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Takes characters; throws <see cref="KeyFileException"/> when there are none or too many.</summary>
    public static Password FromCharacters(ReadOnlySpan<char> characters)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(characters)];
        Encoding.UTF8.GetBytes(characters, bytes);
        return Checked(bytes);
    }

    /// <summary>
    /// Reads the first line of a file. Throws <see cref="KeyFileException"/> when the file is missing, empty, or open
    /// to other
    /// users.
    /// </summary>
    public static Password FromFile(string path)
    {
        byte[] content = [];
        try
        {
            SecretPermissions.RequireOwnerOnly(path);
            using FileStream stream = File.OpenRead(path);
            content = new byte[Math.Min(stream.Length, BytesMax + 2)];
            stream.ReadExactly(content);
            ReadOnlySpan<byte> line = content;
            int end = line.IndexOf((byte)'\n');
            line = end < 0 ? line : line[..end];
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            return Checked(line.ToArray());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"The password file {path} cannot be read: {failure.Message}", failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Whether both hold the same bytes.</summary>
    public bool Matches(Password other) => CryptographicOperations.FixedTimeEquals(bytes, other.bytes);

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);

    private static Password Checked(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            throw new KeyFileException("The password is empty; choose one of at least one character.");
        }

        return bytes.Length <= BytesMax
            ? new Password(bytes)
            : throw new KeyFileException($"The password is longer than {BytesMax} bytes.");
    }
}
