using SkiaSharp;

namespace SocialHub.Standalone.Demo;

/// <summary>The demo site's pictures, drawn when they are asked for: nobody's rights, no file to keep.</summary>
internal static class DemoPicture
{
    public const int Width = 960;
    public const int Height = 540;

    /// <summary>The picture of that article as PNG, or null.</summary>
    public static byte[]? Draw(string slug)
    {
        Action<SKCanvas>? scene = slug switch
        {
            "piscine" => Pool,
            "marche-de-noel" => Market,
            "pont-vieux" => Bridge,
            "mediatheque" => Library,
            "parc" => Park,
            _ => null,
        };
        if (scene is null) return null;
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        scene(surface.Canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 90);
        return png.ToArray();
    }

    private static void Pool(SKCanvas canvas)
    {
        Sky(canvas, "#fdf1dc", "#f6d9b0");
        // The roof of glass, then the water in perspective with its lanes.
        for (var x = 0; x <= Width; x += 120) Line(canvas, x, 0, 480 + (x - 480) * 0.45f, 190, "#d9b98a", 6);
        Box(canvas, 0, 190, Width, 12, "#c79f68");
        Fill(canvas, "#2f9fc4", new(180, 215), new(780, 215), new(1100, Height), new(-140, Height));
        Fill(canvas, "#45b7d8", new(215, 240), new(745, 240), new(940, 470), new(20, 470));
        string[] lanes = ["#e4572e", "#f3c13a", "#e4572e", "#f3c13a", "#e4572e"];
        for (var i = 0; i < lanes.Length; i++) Line(canvas, 280 + i * 100, 216, 60 + i * 210, Height, lanes[i], 7, [18, 14]);
        for (var i = 0; i < 7; i++) Line(canvas, 120 + i * 120, 400 + i % 3 * 34, 190 + i * 120, 400 + i % 3 * 34, "#8fd8ec", 5);
        Box(canvas, 60, 120, 90, 78, "#ffffff");
        Disc(canvas, 105, 159, 28, "#24505f");
        Line(canvas, 105, 159, 105, 140, "#ffffff", 4);
        Line(canvas, 105, 159, 120, 165, "#ffffff", 4);
    }

    private static void Market(SKCanvas canvas)
    {
        Sky(canvas, "#14213d", "#33415f");
        for (var i = 0; i < 60; i++) Disc(canvas, i * 151 % Width, i * 67 % 330, 1.5f + i % 3, "#dfe7f5");
        Box(canvas, 0, 430, Width, 110, "#e8edf4");
        for (var level = 0; level < 4; level++)
        {
            float half = 60 + level * 32, top = 110 + level * 72;
            Fill(canvas, level % 2 == 0 ? "#1f6f54" : "#1a5f49", new(480, top), new(480 + half, top + 110), new(480 - half, top + 110));
        }

        for (var i = 0; i < 24; i++) Disc(canvas, 480 + (i * 37 % 9 - 4) * (8 + i * 0.9f), 170 + i * 11, 6, i % 3 == 0 ? "#f3c13a" : i % 3 == 1 ? "#e4572e" : "#ffffff");
        Disc(canvas, 480, 108, 14, "#f3c13a");
        foreach (var x in (int[])[40, 210, 610, 780])
        {
            Box(canvas, x, 330, 140, 130, "#8a5a35");
            Box(canvas, x + 18, 366, 104, 52, "#ffd98a");
            Fill(canvas, x % 20 == 0 ? "#c8452c" : "#a53422", new(x - 16, 334), new(x + 70, 270), new(x + 156, 334));
            Line(canvas, x - 16, 334, x + 156, 334, "#f4f6fa", 8);
        }

        for (var i = 0; i < 32; i++) Disc(canvas, i * 31, 235 + MathF.Sin(i * 0.42f) * 22, 5, i % 2 == 0 ? "#ffd98a" : "#f3c13a");
    }

    private static void Bridge(SKCanvas canvas)
    {
        Sky(canvas, "#cfe5ee", "#f7efe0");
        Hill(canvas, 260, 60, "#9db98f");
        Hill(canvas, 300, 110, "#7da377");
        Box(canvas, 0, 380, Width, 160, "#4f8ca6");
        for (var i = 0; i < 14; i++) Line(canvas, i * 90 % 900, 410 + i * 9, i * 90 % 900 + 120, 410 + i * 9, "#7fb2c6", 4);
        Box(canvas, 0, 250, Width, 150, "#c9b48f");
        Box(canvas, 0, 236, Width, 20, "#b39a70");
        foreach (var x in (int[])[180, 480, 780])
        {
            using var arch = Paint("#7fb2c6");
            canvas.DrawOval(new SKRect(x - 108, 290, x + 108, 510), arch);
            Box(canvas, x - 108, 400, 216, 140, "#4f8ca6");
        }

        for (var i = 0; i < 40; i++) Line(canvas, i * 25, 262 + i % 2 * 14, i * 25 + 14, 262 + i % 2 * 14, "#b39a70", 3);
        Box(canvas, 560, 196, 120, 42, "#d94f30");
        Box(canvas, 572, 204, 96, 16, "#f7efe0");
        Disc(canvas, 586, 240, 11, "#2b2b2b");
        Disc(canvas, 654, 240, 11, "#2b2b2b");
    }

    private static void Library(SKCanvas canvas)
    {
        Sky(canvas, "#f5e8d3", "#ecd6b4");
        string[] colours = ["#24505f", "#d94f30", "#f3c13a", "#5d8a66", "#8c5a7c", "#c98b4b", "#3f7fa6"];
        for (var shelf = 0; shelf < 3; shelf++)
        {
            var bottom = 190 + shelf * 150;
            Box(canvas, 60, bottom, 640, 14, "#8a5a35");
            for (int i = 0, x = 70; x < 670; i++)
            {
                int width = 18 + i * 7 % 5 * 6, height = 84 + i * 13 % 6 * 7;
                Box(canvas, x, bottom - height, width - 3, height, colours[(i * 3 + shelf * 2) % colours.Length]);
                Box(canvas, x, bottom - height + 14, width - 3, 4, "#f5e8d3");
                x += width;
            }
        }

        Line(canvas, 820, 500, 820, 250, "#4a4038", 9);
        Fill(canvas, "#f3c13a", new(760, 250), new(790, 150), new(850, 150), new(880, 250));
        using var light = Paint("#55fff3c4");
        canvas.DrawOval(new SKRect(700, 250, 940, 520), light);
        Box(canvas, 770, 496, 100, 14, "#4a4038");
    }

    private static void Park(SKCanvas canvas)
    {
        Sky(canvas, "#bfe3ef", "#eef6e4");
        Disc(canvas, 790, 100, 46, "#ffd98a");
        Hill(canvas, 290, 70, "#a8cd8f");
        Fill(canvas, "#5aa7c4", new(0, 360), new(420, 320), new(Width, 350), new(Width, 400), new(440, 372), new(0, 430));
        Box(canvas, 0, 430, Width, 110, "#7fb768");
        Fill(canvas, "#7fb768", new(0, 430), new(440, 372), new(Width, 400), new(Width, 480), new(0, 480));
        Fill(canvas, "#f1e3bf", new(380, Height), new(560, Height), new(600, 440), new(540, 396), new(520, 396), new(540, 440));
        (int X, int Y, int Size)[] trees = [(110, 400, 62), (240, 430, 78), (700, 400, 58), (830, 440, 84), (620, 372, 40), (330, 372, 38)];
        foreach (var (x, y, size) in trees)
        {
            Line(canvas, x, y, x, y - size, "#7a5233", size / 7f);
            Disc(canvas, x, y - size * 1.4f, size * 0.75f, "#3f8a55");
            Disc(canvas, x - size * 0.25f, y - size * 1.55f, size * 0.4f, "#57a469");
            for (var i = 0; i < 5; i++) Disc(canvas, x + (i * 29 % 7 - 3) * size * 0.16f, y - size * (1.1f + i * 13 % 5 * 0.14f), size * 0.07f, "#e4572e");
        }
    }

    private static void Sky(SKCanvas canvas, string top, string bottom)
    {
        using var shader = SKShader.CreateLinearGradient(new(0, 0), new(0, Height), [SKColor.Parse(top), SKColor.Parse(bottom)], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawRect(0, 0, Width, Height, paint);
    }

    private static void Hill(SKCanvas canvas, float y, float rise, string colour)
    {
        var points = Enumerable.Range(0, 33).Select(i => new SKPoint(i * 30, y - MathF.Abs(MathF.Sin(i * 0.21f + rise)) * rise));
        Fill(canvas, colour, [.. points, new(Width, Height), new(0, Height)]);
    }

    private static SKPaint Paint(string colour) => new() { Color = SKColor.Parse(colour), IsAntialias = true };

    private static void Box(SKCanvas canvas, float x, float y, float width, float height, string colour)
    {
        using var paint = Paint(colour);
        canvas.DrawRect(x, y, width, height, paint);
    }

    private static void Disc(SKCanvas canvas, float x, float y, float radius, string colour)
    {
        using var paint = Paint(colour);
        canvas.DrawCircle(x, y, radius, paint);
    }

    private static void Line(SKCanvas canvas, float x1, float y1, float x2, float y2, string colour, float width, float[]? dashes = null)
    {
        using var paint = Paint(colour);
        using var effect = dashes is null ? null : SKPathEffect.CreateDash(dashes, 0);
        (paint.Style, paint.StrokeWidth, paint.PathEffect) = (SKPaintStyle.Stroke, width, effect);
        canvas.DrawLine(x1, y1, x2, y2, paint);
    }

    private static void Fill(SKCanvas canvas, string colour, params SKPoint[] corners)
    {
        using var paint = Paint(colour);
        using var builder = new SKPathBuilder();
        builder.AddPoly(corners);
        using var path = builder.Detach();
        canvas.DrawPath(path, paint);
    }
}
