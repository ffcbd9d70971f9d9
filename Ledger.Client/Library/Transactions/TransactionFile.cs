using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>
/// A transaction on its way between signers, as a file (<c>.tx</c>). It holds nothing secret; each signature in it is
/// checked
/// when it is read.
/// </summary>
public static class TransactionFile
{
    private const string Format = "learning-ledger-transaction";
    private const int Version = 1;

    // A transaction of the greatest size in hexadecimal, with its signatures.
    private const long FileBytesMax = 1024 * 1024;

    /// <summary>Writes the body and the signatures that are there. Throws <see cref="IOException"/>.</summary>
    public static void Write(string path, PendingTransaction transaction, bool overwrite)
    {
        TransactionFileDocument document = new()
        {
            Format = Format,
            Version = Version,
            ChainId = transaction.ChainId.ToString(),
            Body = Convert.ToHexStringLower(transaction.BodyBytes.Span),
            Signatures = [.. transaction.Body.Signers.Select(
                (_, place) => transaction.SignatureAt(place) is { } bytes ? Convert.ToHexStringLower(bytes.Span) : "")],
        };
        AtomicFile.Write(
            path, JsonSerializer.SerializeToUtf8Bytes(document, TransactionFileJson.Default.TransactionFileDocument),
                overwrite);
    }

    /// <summary>
    /// Reads a file. Throws <see cref="FormatException"/> when it is none or holds a wrong signature, <see
    /// cref="IOException"/> when
    /// it cannot be read.
    /// </summary>
    public static PendingTransaction Read(string path)
    {
        if (new FileInfo(path).Length > FileBytesMax)
        {
            throw new FormatException($"{path} is too long to be a transaction file.");
        }

        return Parse(path, File.ReadAllBytes(path));
    }

    private static PendingTransaction Parse(string path, byte[] json)
    {
        TransactionFileDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, TransactionFileJson.Default.TransactionFileDocument);
        }
        catch (JsonException failure)
        {
            throw new FormatException($"{path} is not a transaction file, or it is damaged.", failure);
        }

        if (document is not { Format: Format, Version: Version, Body: not null, Signatures: not null }
            || !Hash256.TryParse(document.ChainId, out Hash256 chainId))
        {
            throw new FormatException($"{path} is not a transaction file of a version that this program knows.");
        }

        PendingTransaction transaction = PendingTransaction.Of(chainId, Convert.FromHexString(document.Body));
        if (document.Signatures.Length != transaction.Body.Signers.Count)
        {
            throw new FormatException($"{path} has another number of signatures than signers.");
        }

        for (int place = 0; place < document.Signatures.Length; place++)
        {
            string? signature = document.Signatures[place];
            if (!string.IsNullOrEmpty(signature) && !transaction.AddSignature(place, Convert.FromHexString(signature)))
            {
                throw new FormatException($"{path} holds a signature that its signer did not make. Do not use it.");
            }
        }

        return transaction;
    }
}
