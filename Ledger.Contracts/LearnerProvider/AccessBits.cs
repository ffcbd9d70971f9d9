namespace Ledger.Contracts.LearnerProvider;

/// <summary>The four rights. To pass one on takes the right and its grant bit.</summary>
[Flags]
public enum AccessBits
{
    /// <summary>No right.</summary>
    None = 0,

    /// <summary>To read records through the box of their writer.</summary>
    Read = 1,

    /// <summary>To insert records.</summary>
    Write = 2,

    /// <summary>To pass read, and this bit, on.</summary>
    GrantRead = 4,

    /// <summary>To pass write, and this bit, on.</summary>
    GrantWrite = 8,

    /// <summary>All four.</summary>
    All = Read | Write | GrantRead | GrantWrite,
}
