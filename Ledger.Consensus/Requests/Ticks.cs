namespace Ledger.Consensus;

/// <summary>Time as consensus knows it: a tick is 20 ms, and ticks are inputs.</summary>
public static class Ticks
{
    /// <summary>Length of a tick.</summary>
    public const int MillisecondsPerTick = 20;

    /// <summary>A status is sent, and what is stuck is sent again, once a second (C-11, C-16).</summary>
    public const int PerStatus = 50;

    /// <summary>T0, the first time-out of a view: 1 s (C-8).</summary>
    public const int TimeoutFirst = 50;

    /// <summary>Tmax, where doubling ends: 16 s (C-8).</summary>
    public const int TimeoutMax = 800;

    /// <summary>
    /// How long a greater height may be known before blocks are asked for: the usual votes arrive sooner (C-17).
    /// </summary>
    public const int BehindBeforeAsking = 10;

    /// <summary>How long an answer is waited for before another validator is asked (C-17).</summary>
    public const int AnswerWait = 50;

    /// <summary>How long a validator that answered with anything invalid is not asked: 30 s (C-17).</summary>
    public const int DistrustAfterInvalid = 1500;

    /// <summary>How often a leader with pending work that got no block asks again (C-1).</summary>
    public const int BuildAgain = 10;
}
