import {
  ActionIcon,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  Menu,
  Modal,
  Notification,
  NumberInput,
  Popover,
  SegmentedControl,
  Select,
  Switch,
  Textarea,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { strings } from "../strings.ts";

const FONT =
  '"Segoe UI Variable Text", "Segoe UI", -apple-system, "Inter", "Cantarell", "Noto Sans", "Liberation Sans", "Helvetica Neue", system-ui, sans-serif';

export const theme = createTheme({
  fontFamily: FONT,
  fontFamilyMonospace: "var(--fm-mono)",
  headings: { fontFamily: FONT, fontWeight: "600" },
  fontSizes: { xs: "13px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "2px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  // The accent is light in the dark and dark in the light, and what stands on it goes with that.
  variantColorResolver(input) {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === "filled" ? { ...colors, color: "var(--fm-on-accent)" } : colors;
  },
  primaryColor: "amber",
  primaryShade: { light: 7, dark: 4 },
  colors: {
    amber: [
      "#fdf3e2",
      "#f8e3c1",
      "#f3cf94",
      "#f0b968",
      "#eda53c",
      "#d98c22",
      "#c97a17",
      "#b0610a",
      "#8a4a00",
      "#5e3200",
    ],
    gray: [
      "#f7f7f7",
      "#efefef",
      "#e2e2e2",
      "#d2d2d2",
      "#bdbdbd",
      "#8f8f8f",
      "#6a6a6a",
      "#4d4d4d",
      "#333333",
      "#1d1d1d",
    ],
    dark: [
      "#e4e4e4",
      "#b4b4b4",
      "#9b9b9b",
      "#6b6b6b",
      "#4d4d4d",
      "#363636",
      "#2c2c2c",
      "#232323",
      "#1c1c1c",
      "#141414",
    ],
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray", size: 28 } }),
    Button: Button.extend({ defaultProps: { size: "xs" } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: "xs" } }),
    // The placeholder would be a child that a menu must not have.
    Menu: Menu.extend({
      defaultProps: { shadow: "md", transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false },
    }),
    Modal: Modal.extend({
      defaultProps: {
        // A dialog's head is no banner of the page.
        attributes: { header: { role: "none" } },
        centered: true,
        closeButtonProps: { "aria-label": strings.close },
        padding: "lg",
        overlayProps: { backgroundOpacity: 0.5 },
        transitionProps: { duration: 100, transition: "fade" },
      },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { "aria-label": strings.close } },
    }),
    NumberInput: NumberInput.extend({ defaultProps: { size: "xs" } }),
    Popover: Popover.extend({ defaultProps: { shadow: "md", transitionProps: { duration: 80 } } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: "xs" } }),
    Select: Select.extend({ defaultProps: { size: "xs", allowDeselect: false, checkIconPosition: "right" } }),
    Switch: Switch.extend({ defaultProps: { size: "xs" } }),
    Textarea: Textarea.extend({ defaultProps: { size: "xs" } }),
    TextInput: TextInput.extend({ defaultProps: { size: "xs" } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 500, transitionProps: { duration: 80 }, withArrow: false },
    }),
  },
});

/** Mantine's own surfaces on our tokens, so that both schemes are set in one place. */
export const cssVariables: CSSVariablesResolver = () => {
  const surfaces = {
    "--mantine-color-body": "var(--fm-panel)",
    "--mantine-color-text": "var(--fm-text)",
    "--mantine-color-dimmed": "var(--fm-text-soft)",
    "--mantine-color-placeholder": "var(--fm-text-faint)",
    "--mantine-color-default": "var(--fm-field)",
    "--mantine-color-default-hover": "var(--fm-hover)",
    "--mantine-color-default-color": "var(--fm-text)",
    "--mantine-color-default-border": "var(--fm-line-strong)",
    "--mantine-color-error": "var(--fm-bad)",
    "--mantine-color-gray-light-color": "var(--fm-text)",
    "--mantine-color-gray-light-hover": "var(--fm-hover)",
    "--mantine-color-gray-subtle-hover": "var(--fm-hover)",
    "--mantine-primary-color-contrast": "var(--fm-on-accent)",
    "--mantine-color-anchor": "var(--fm-accent-text)",
    "--mantine-color-amber-light-color": "var(--fm-accent-text)",
  };
  return { variables: {}, light: surfaces, dark: surfaces };
};
