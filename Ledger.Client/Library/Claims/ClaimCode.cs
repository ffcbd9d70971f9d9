using System.Security.Cryptography;
using Ledger.Client.Keys;
using Ledger.Contracts.Identity;
using Ledger.Primitives;

namespace Ledger.Client.Claims;

/// <summary>
/// A one-time code: 128 random bits that a person can type, of which a signing key is made. Whoever has it enrols at
/// the institution that gave it. Rule K-54 of the protocol.
/// </summary>
public sealed class ClaimCode
{
    /// <summary>Random bytes of a code: nobody finds one of a million among 2^128 by trying.</summary>
    public const int Size = 16;

    // No I, L, O, U: they are read as other signs, or make words.
    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int BitsOfSign = 5;
    private const int SignsOfCode = 26;
    private const int SignsOfCheck = 2;
    private const int SignsOfGroup = 4;

    private readonly byte[] bytes;

    private ClaimCode(byte[] bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>Makes a code from the system's randomness.</summary>
    public static ClaimCode Create() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Takes the 16 bytes of a code. For vectors.</summary>
    public static ClaimCode Of(ReadOnlySpan<byte> code)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(code.Length, Size);
        return new ClaimCode(code.ToArray());
    }

    /// <summary>
    /// Reads a code as a person types it: in either case, with or without hyphens and blanks, O for 0 and I or L for 1.
    /// False where a sign is wrong or missing.
    /// </summary>
    public static bool TryParse(string text, out ClaimCode code)
    {
        code = new ClaimCode(new byte[Size]);
        int[] values = [.. text.Where(static sign => sign is not '-' and not ' ').Select(ValueOf)];
        if (values.Length != SignsOfCode + SignsOfCheck || values.Contains(-1))
        {
            return false;
        }

        UInt128 number = 0;
        foreach (int value in values[..SignsOfCode])
        {
            // The first sign bears the three highest bits alone: 26 signs have two bits too many.
            if (number >> (128 - BitsOfSign) != 0)
            {
                return false;
            }

            number = (number << BitsOfSign) | (uint)value;
        }

        byte[] read = new byte[Size];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(read, number);
        code = new ClaimCode(read);
        return code.CheckValues().SequenceEqual(values[SignsOfCode..]);
    }

    /// <summary>The key that the code gives.</summary>
    public SigningKey ToKey() => SigningKey.FromSecret(TaggedHash.Of(Tags.ClaimSeed, bytes).ToArray());

    /// <summary>What an institution announces of the code.</summary>
    public Hash256 ToClaim()
    {
        using SigningKey key = ToKey();
        return LearnerDigests.ClaimOf(key.PublicKey);
    }

    /// <summary>Seven groups of four signs; the last two signs tell most errors of typing.</summary>
    public override string ToString()
    {
        UInt128 number = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        IEnumerable<int> values = Enumerable.Range(0, SignsOfCode)
            .Select(place => (int)(uint)((number >> (BitsOfSign * (SignsOfCode - 1 - place))) & 31))
            .Concat(CheckValues());
        return string.Join('-', values.Select(static value => Signs[value]).Chunk(SignsOfGroup)
            .Select(static group => new string(group)));
    }

    private int[] CheckValues()
    {
        byte[] hash = TaggedHash.Of(Tags.ClaimCheck, bytes).ToArray();
        return [hash[0] >> 3, hash[1] >> 3];
    }

    private static int ValueOf(char sign) => char.ToUpperInvariant(sign) switch
    {
        'O' => 0,
        'I' or 'L' => 1,
        char other => Signs.IndexOf(other, StringComparison.Ordinal),
    };
}
