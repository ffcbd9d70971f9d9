using Grpc.Core;

namespace Grpc.Net.Client.Protocol;

/// <summary>Metadata as header values: text as it is, bytes in base64 without padding.</summary>
internal static class MetadataCoding
{
    /// <summary>The value to send; throws <see cref="RpcException"/> if a text cannot be a header value.</summary>
    internal static string Encode(Metadata.Entry entry)
    {
        if (entry.IsBinary)
        {
            return Convert.ToBase64String(entry.RawBytes).TrimEnd('=');
        }

        foreach (var letter in entry.Value)
        {
            if (letter is < ' ' or > '~')
            {
                throw new RpcException(new Status(
                    StatusCode.Internal,
                    $"The metadata '{entry.Key}' is not printable ASCII: a key that ends in -bin takes any bytes."));
            }
        }

        return entry.Value;
    }

    /// <summary>
    /// Appends a received header; the bytes of one may be several, parted by commas. Throws
    /// <see cref="RpcException"/> if they are not base64.
    /// </summary>
    internal static void Append(Metadata metadata, string key, string value)
    {
        // HTTP allows more letters in a name than gRPC; what a proxy adds that way is not metadata.
        if (WireNames.IsReserved(key) || !Metadata.Entry.IsValidKey(key))
        {
            return;
        }

        if (!key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            metadata.Add(key, value);
            return;
        }

        foreach (var part in value.Split(','))
        {
            metadata.Add(key, Decode(key, part.Trim()));
        }
    }

    private static byte[] Decode(string key, string base64)
    {
        var padded = (base64.Length % 4) switch
        {
            2 => base64 + "==",
            3 => base64 + "=",
            _ => base64,
        };
        try
        {
            return Convert.FromBase64String(padded);
        }
        catch (FormatException malformed)
        {
            throw new RpcException(new Status(
                StatusCode.Internal, $"The metadata '{key}' is not base64.", malformed));
        }
    }
}
