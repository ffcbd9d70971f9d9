namespace Ledger.Benchmarks.ColdStart;

/// <summary>What the new school's model has beside its own records.</summary>
public enum PacketUse
{
    /// <summary>Nothing: the cold start.</summary>
    Without,

    /// <summary>The student's packet.</summary>
    With,

    /// <summary>Another student's packet, in training and at the new school alike: it must give no gain.</summary>
    Shuffled,

    /// <summary>The latent ability that the generator draws outcomes from: nobody has it; it bounds the gain.</summary>
    Latent,
}
