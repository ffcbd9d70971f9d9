namespace Ledger.Consensus;

/// <summary>Time as consensus knows it: a tick is 20 ms, and ticks are inputs.</summary>
public static class Ticks
{
    /// <summary>Length of a tick.</summary>
    public const int MillisecondsPerTick = 20;

    /// <summary>A status is sent, and what is stuck is sent again, once a second (C-11, C-16).</summary>
    public const int PerStatus = 50;

    /// <summary>
    /// How long others may leave for a view that they cannot be shown before it is given up for them: what shows it
    /// could come with the next statuses.
    /// </summary>
    public const int MissedView = 3 * PerStatus;

    /// <summary>T0, the first time-out of a view: 1 s (C-8).</summary>
    public const int TimeoutFirst = 50;

    /// <summary>Tmax, where doubling ends: 16 s (C-8).</summary>
    public const int TimeoutMax = 800;

    /// <summary>
    /// How long a greater height may be known before blocks are asked for: the usual votes arrive sooner (C-17).
    /// </summary>
    public const int BehindBeforeAsking = 10;

    /// <summary>How long an answer is waited for before another is asked, at first (C-17).</summary>
    public const int AnswerWait = 50;

    /// <summary>
    /// Where doubling of that wait ends: 8 s. A portion comes over a slow line in less, and f silent validators are
    /// passed within R (C-17).
    /// </summary>
    public const int AnswerWaitMax = 400;

    /// <summary>
    /// How long no further block has come when an answer is taken to be at its end: its blocks come together (C-17).
    /// </summary>
    public const int AnswerPause = 5;

    /// <summary>How long a validator that answered with anything invalid is not asked: 30 s (C-17).</summary>
    public const int DistrustAfterInvalid = 1500;

    /// <summary>
    /// How often a validator asks what was seen of its key after its start, and how often one is answered: 200 ms
    /// (S-9).
    /// </summary>
    public const int PerWitness = 10;

    /// <summary>
    /// A leader whose proposals are waited for longer than this, while work is pending, is slow: T0 / 2 (C-20).
    /// </summary>
    public const int ProposalSlow = 25;

    /// <summary>
    /// How long the oldest work may wait, and how long slow proposals may be waited for in all, in one view: Tmax. An
    /// overloaded ledger so changes its view at most that often (C-20).
    /// </summary>
    public const int OverdueMax = TimeoutMax;

    /// <summary>How often a leader with pending work that got no block asks again (C-1).</summary>
    public const int BuildAgain = 10;
}
