using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>Turns refusals and malformed requests into gRPC statuses with a text that says what is wrong.</summary>
public static class Refusals
{
    /// <summary>A field that is not what it should be.</summary>
    public static RpcException Argument(string field, string rule) =>
        new(new Status(StatusCode.InvalidArgument, $"{field}: {rule}"));

    /// <summary>Not for this caller; the text begins with the refusal's name.</summary>
    public static RpcException Denied(string why) => new(new Status(StatusCode.PermissionDenied, why));

    /// <summary>Refused by a rule; the text begins with the refusal's name.</summary>
    public static RpcException Precondition(string why) => new(new Status(StatusCode.FailedPrecondition, why));

    /// <summary>Nothing is there.</summary>
    public static RpcException NotFound(string what) => new(new Status(StatusCode.NotFound, what));

    /// <summary>An address field.</summary>
    public static Address AddressOf(Google.Protobuf.ByteString bytes, string field) =>
        Address.TryRead(bytes.Span, out Address address) ? address : throw Argument(field, "an address has 32 bytes");

    /// <summary>A hash field.</summary>
    public static Hash256 HashOf(Google.Protobuf.ByteString bytes, string field) =>
        Hash256.TryRead(bytes.Span, out Hash256 hash) ? hash : throw Argument(field, "a hash has 32 bytes");

    /// <summary>A verb field.</summary>
    public static string VerbOf(string verb) =>
        verb.Length > 0 && verb.Length <= TransactionLimits.VerbBytesMax
            ? verb
            : throw Argument("verb", "the exact IRI of a verb is needed");

    /// <summary>The size of a page.</summary>
    public static int LimitOf(PageRequest? page) => LimitOf(page?.Limit ?? 0, "page.limit");

    /// <summary>The size of a page, of a request that has a limit without a cursor beside it.</summary>
    public static int LimitOf(uint limit, string field) => limit switch
    {
        0 => ApiLimits.PageUsual,
        <= ApiLimits.PageMax => (int)limit,
        _ => throw Argument(field, $"at most {ApiLimits.PageMax}"),
    };

    /// <summary>A name in the form that answers and documents use, for instance UNKNOWN_SIGNER.</summary>
    public static string NameOf(TransactionRefusal refusal)
    {
        System.Text.StringBuilder name = new();
        foreach (char letter in refusal.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(letter));
        }

        return name.ToString();
    }
}
