using Ledger.Contracts.Transactions;
using Ledger.Node.Records;
using Ledger.Primitives;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>Hashes, addresses and keys, as bytes and as text, and the texts that the ledger accepts.</summary>
internal static class PrimitiveTargets
{
    public static IEnumerable<FuzzTarget> All() => [Fixed(), Hexadecimal(), Texts()];

    private static FuzzTarget Fixed() => Plain(
        "fixed-bytes",
        InputKind.Binary,
        [ConsensusSamples.ChainId.ToArray(), new byte[HashedId.Size]],
        static bytes =>
        {
            bool isHash = Hash256.TryRead(bytes, out Hash256 hash);
            bool isAddress = Address.TryRead(bytes, out Address address);
            bool isKey = PublicKeyBytes.TryRead(bytes, out PublicKeyBytes key);
            bool isExact = bytes.Length == Hash256.Size;
            FuzzViolation.Unless(isHash == isExact && isAddress == isExact && isKey == isExact, "another length");
            FuzzViolation.Unless(
                !isExact || ((byte[][])[hash.ToArray(), address.ToArray(), key.ToArray()]).All(one => Same(one, bytes)),
                "not the same bytes");
            return isExact | ReadHashedId(bytes);
        },
        new Decoder(typeof(Hash256), nameof(Hash256.TryRead)),
        new Decoder(typeof(Address), nameof(Address.TryRead)),
        new Decoder(typeof(PublicKeyBytes), nameof(PublicKeyBytes.TryRead)),
        new Decoder(typeof(HashedId), nameof(HashedId.Read)));

    private static bool ReadHashedId(byte[] bytes)
    {
        try
        {
            FuzzViolation.Unless(Same(HashedId.Read(bytes).ToArray(), bytes), "not the same bytes");
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static FuzzTarget Hexadecimal() => Plain(
        "hexadecimal",
        InputKind.Text,
        [LedgerSamples.Utf8(ConsensusSamples.ChainId.ToString()), LedgerSamples.Utf8(new string('A', 64))],
        static bytes =>
        {
            string text = TextInput.Of(bytes);
            bool isHash = Hash256.TryParse(text, out Hash256 hash);
            bool isAddress = Address.TryParse(text, out Address address);
            FuzzViolation.Unless(isHash == isAddress, "a hash but no address, or the other way round");
            FuzzViolation.Unless(
                !isHash || (IsSpelling(text, hash.ToString()) && IsSpelling(text, address.ToString())),
                "not the same digits");
            return isHash;
        },
        new Decoder(typeof(Hash256), nameof(Hash256.TryParse)),
        new Decoder(typeof(Address), nameof(Address.TryParse)));

    private static FuzzTarget Texts() => Plain(
        "text-forms",
        InputKind.Text,
        [
            LedgerSamples.Utf8("University of Example"), LedgerSamples.Utf8("school-1.example"),
            LedgerSamples.Utf8("http://adlnet.gov/expapi/verbs/completed"),
        ],
        static bytes =>
        {
            string text = TextInput.Of(bytes);
            return TextForm.IsName(text) | TextForm.IsDomain(text) | TextForm.IsVerb(text) | TextForm.IsUri(text);
        });

    private static bool IsSpelling(string text, string digits) =>
        string.Equals(text, digits, StringComparison.OrdinalIgnoreCase);

    private static bool Same(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);
}
