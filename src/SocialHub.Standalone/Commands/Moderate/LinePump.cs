using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace SocialHub.Standalone.Commands.Moderate;

/// <summary>Appends the answer to one line, with a line feed; called by many threads at once.</summary>
/// <returns>False when the answer is an error.</returns>
internal delegate bool AnswerLine(ReadOnlySpan<byte> line, IBufferWriter<byte> output);

/// <summary>
/// Reads lines, judges them on every core and writes the answers in order. What has arrived is answered before more is waited for,
/// so a person or a program at the other end of the pipe has each answer at once; memory stays bounded however long the input is.
/// </summary>
internal sealed class LinePump(AnswerLine judge)
{
    /// <summary>Longest line, in bytes; a longer one is answered with an error.</summary>
    public const int LongestLine = 1024 * 1024;

    // Enough lines that handing them over costs nothing beside judging them.
    private const int LinesAtOnce = 64;

    /// <returns>False when a line was in error.</returns>
    public async Task<bool> RunAsync(Stream input, Stream output, CancellationToken cancellation)
    {
        var answers = Channel.CreateBounded<Task<Batch>>(Environment.ProcessorCount * 2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writing = WriteAsync(answers.Reader, output, stop);
        try
        {
            await ReadAsync(PipeReader.Create(input, new(bufferSize: 256 * 1024, leaveOpen: true)), answers.Writer, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The writer stopped; its own failure is thrown below.
        }
        finally
        {
            answers.Writer.Complete();
        }

        return await writing;
    }

    private async Task ReadAsync(PipeReader reader, ChannelWriter<Task<Batch>> answers, CancellationToken cancellation)
    {
        var passedOver = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            var batch = new Batch();
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                rest = rest.Slice(rest.GetPosition(1, end));
                // The end of a line of which the answer was given already.
                if (passedOver) passedOver = false;
                else batch.Add(line);
                if (batch.Count < LinesAtOnce) continue;
                await answers.WriteAsync(JudgeAsync(batch), cancellation);
                batch = new();
            }

            if (!passedOver && rest.Length > LongestLine)
            {
                batch.Add(rest);
                passedOver = true;
            }

            if (passedOver) rest = rest.Slice(rest.End);
            if (read.IsCompleted && !rest.IsEmpty) batch.Add(rest);
            if (batch.Count > 0) await answers.WriteAsync(JudgeAsync(batch), cancellation);
            reader.AdvanceTo(read.IsCompleted ? read.Buffer.End : rest.Start, read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }

    private Task<Batch> JudgeAsync(Batch batch) => Task.Run(() => batch.Judge(judge));

    private static async Task<bool> WriteAsync(ChannelReader<Task<Batch>> answers, Stream output, CancellationTokenSource stop)
    {
        var good = true;
        try
        {
            while (await answers.WaitToReadAsync(stop.Token))
            {
                while (answers.TryRead(out var judging))
                {
                    var batch = await judging;
                    good &= batch.Good;
                    await output.WriteAsync(batch.Answers, stop.Token);
                }

                // Nothing more is under way: whoever waits at the other end sees what there is.
                await output.FlushAsync(stop.Token);
            }

            return good;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    /// <summary>Some lines, then their answers.</summary>
    private sealed class Batch
    {
        private readonly ArrayBufferWriter<byte> _lines = new(16 * 1024);
        private readonly ArrayBufferWriter<byte> _answers = new(16 * 1024);
        private readonly List<int> _ends = [];

        public int Count => _ends.Count;

        public bool Good { get; private set; } = true;

        public ReadOnlyMemory<byte> Answers => _answers.WrittenMemory;

        public void Add(ReadOnlySequence<byte> line)
        {
            // One byte more than the limit tells that it was passed; the rest need not be kept.
            if (line.Length > LongestLine) line = line.Slice(0, LongestLine + 1);
            foreach (var part in line) _lines.Write(part.Span);
            _ends.Add(_lines.WrittenCount);
        }

        public Batch Judge(AnswerLine judge)
        {
            var start = 0;
            foreach (var end in _ends)
            {
                var line = _lines.WrittenSpan[start..end];
                start = end;
                if (line.Length > LongestLine)
                {
                    LineJudge.TooLong(_answers, LongestLine);
                    Good = false;
                }
                else
                {
                    Good &= judge(line, _answers);
                }
            }

            return this;
        }
    }
}
