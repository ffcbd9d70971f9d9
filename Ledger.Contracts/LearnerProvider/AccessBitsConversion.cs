using Ledger.Contracts.Protos;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>Rights as bits and as a message.</summary>
public static class AccessBitsConversion
{
    private const AccessBits Reading = AccessBits.Read | AccessBits.GrantRead;
    private const AccessBits Writing = AccessBits.Write | AccessBits.GrantWrite;

    /// <summary>The message's four fields as bits.</summary>
    public static AccessBits ToBits(this Rights? rights) =>
        (rights?.Read == true ? AccessBits.Read : AccessBits.None)
        | (rights?.Write == true ? AccessBits.Write : AccessBits.None)
        | (rights?.GrantRead == true ? AccessBits.GrantRead : AccessBits.None)
        | (rights?.GrantWrite == true ? AccessBits.GrantWrite : AccessBits.None);

    /// <summary>The bits as a message.</summary>
    public static Rights ToMessage(this AccessBits bits) => new()
    {
        Read = bits.HasFlag(AccessBits.Read),
        Write = bits.HasFlag(AccessBits.Write),
        GrantRead = bits.HasFlag(AccessBits.GrantRead),
        GrantWrite = bits.HasFlag(AccessBits.GrantWrite),
    };

    /// <summary>What the holder of these bits can pass on: each pair whose right and grant bit it has.</summary>
    public static AccessBits Grantable(this AccessBits bits) =>
        (bits.HasFlag(Reading) ? Reading : AccessBits.None) | (bits.HasFlag(Writing) ? Writing : AccessBits.None);

    /// <summary>The grant bits that decide on these rights.</summary>
    public static AccessBits GrantBits(this AccessBits bits) =>
        ((bits & Reading) != 0 ? AccessBits.GrantRead : AccessBits.None)
        | ((bits & Writing) != 0 ? AccessBits.GrantWrite : AccessBits.None);
}
